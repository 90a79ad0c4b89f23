import { parseJson } from '../testing/json.ts';
import { dayOf } from '../../src/domain/time/time.ts';
import { expect, test } from 'vitest';
import { buildApp } from '../app.ts';
import { createLog, silentLog } from './log.ts';
import { startService, tenantId } from '../testing/testService.ts';

const clock = { now: () => '2026-11-21T19:00:00.000Z', today: () => dayOf('2026-11-21T00:00:00.000Z', 'UTC') };

test('writes one JSON object a line, several lines at once', () => {
  const written: string[] = [];
  const log = createLog(clock, (text) => written.push(text));
  log.info('ready', { port: 4100 });
  log.error('broke', { id: 'x' }, new Error('why'));
  expect(written).toEqual([]);
  log.flush();
  expect(written).toHaveLength(1);
  const [first, second] = (written[0] ?? '')
    .trim()
    .split('\n')
    .map((line) => parseJson(line));
  expect(first).toEqual({ time: '2026-11-21T19:00:00.000Z', level: 'info', event: 'ready', port: 4100 });
  expect(second).toMatchObject({ level: 'error', event: 'broke', id: 'x', cause: 'Error' });
});

test('a request logs one line, without any of its content', async () => {
  const service = await startService();
  const written: string[] = [];
  const log = { ...silentLog, ...createLog(clock, (text) => written.push(text)) };
  const { db, read } = service.database;
  const principal = { accountId: 'me', address: 'a@b.example', name: 'Name', scopes: new Set(['tasks.readwrite']) };
  const verify = async () => principal;
  const config = { publicUrl: 'http://localhost:4100' };
  const app = buildApp({ db, read, clock, verify, newId: () => 'id', config, log, tenantId });
  const headers = { Authorization: 'Bearer secretToken', 'Content-Type': 'application/json' };
  // A number too long to occur in the request's random id by chance.
  const url = 'http://localhost:4100/api/v2.0/me/tasks/secretId?$top=987654321&q=secretQuery';
  await app.request(url, { method: 'PATCH', headers, body: '{"Subject":"secretSubject"}' });
  log.flush();
  const line = parseJson(written.join(''));
  expect(line).toMatchObject({
    event: 'request',
    method: 'PATCH',
    route: '/api/v2.0/me/tasks/{}',
    status: 404,
    account: 'me',
  });
  expect(written.join('')).not.toMatch(/secret|987654321/);
  await service.close();
});
