import { parseJson, type Json } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maxStreamsPerAccount } from './eventStreams.ts';
import { writeMailbox } from '../db/mailboxTransaction.ts';
import { annId, startService, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  service.events.close();
  await service.close();
});

type Event = { event: string; id?: number; data: Json };

/** Reads events one by one; undefined at the end. Comments are skipped. */
async function listen(headers?: Record<string, string>) {
  const response = await service.open('/threefold/v1/events', headers);
  expect(response.status).toBe(200);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function next(): Promise<Event | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const piece = await reader?.read();
        if (piece === undefined || piece.done) return undefined;
        text += piece.value;
        continue;
      }
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const fields = new Map(
        lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      const name = fields.get('event');
      if (name === undefined) continue;
      const id = fields.get('id');
      const data = parseJson(fields.get('data') ?? '{}');
      return { event: name, ...(id !== undefined && { id: Number(id) }), data };
    }
  }
  return { response, next, stop: () => reader?.cancel() };
}

async function made(path: string, body: object): Promise<string> {
  const answer = await service.send('POST', path, body);
  expect(answer.status).toBe(201);
  return String(answer.body['Id']);
}
const defaultFolder = async () => String((await service.send('GET', "/me/taskfolders('Tasks')")).body['Id']);

test('sends the current number first, then each change with its folders', async () => {
  const [home, other] = [await defaultFolder(), await made('/me/taskfolders', { Name: 'Other' })];
  const { response, next } = await listen();
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const hello = await next();
  const seq = hello?.id ?? 0;
  expect(hello).toEqual({ event: 'hello', id: seq, data: { seq } });

  const id = await made('/me/tasks', { Subject: 'One' });
  expect(await next()).toEqual({
    event: 'change',
    id: seq + 1,
    data: { seq: seq + 1, folders: [home], structure: false },
  });
  await service.request('POST', `/threefold/v1/tasks/${id}/move`, { DestinationId: other });
  expect((await next())?.data).toEqual({ seq: seq + 2, folders: [home, other].toSorted(), structure: false });
  await service.send('DELETE', `/me/tasks('${id}')`);
  expect((await next())?.data).toMatchObject({ folders: [other], structure: false });
  const group = await made('/me/taskgroups', { Name: 'Group' });
  expect((await next())?.data).toMatchObject({ folders: [], structure: true });
  await service.send('DELETE', `/me/taskgroups('${group}')`);
  expect((await next())?.data).toMatchObject({ folders: [], structure: true });
  await service.send('DELETE', `/me/taskfolders('${other}')`);
  expect((await next())?.data).toMatchObject({ structure: true });
});

test('finds writes of other processes by polling', async () => {
  const home = await defaultFolder();
  const { next } = await listen();
  await next();
  await writeMailbox(service.database.db, { accountId: annId }, service.clock.now(), async ({ trx, seq }) => {
    await trx.updateTable('task_folders').set({ seq }).where('id', '=', home).execute();
  });
  await service.events.poll();
  expect((await next())?.data).toMatchObject({ structure: true });
});

test('sends nothing about other accounts', async () => {
  const { next } = await listen({ Authorization: 'Bearer bob' });
  await next();
  await made('/me/tasks', { Subject: 'Mine' });
  await service.events.poll();
  service.events.close();
  expect(await next()).toEqual({ event: 'end', data: { reason: 'stopping' } });
});

test('a client that resumes with its last number misses nothing and gets nothing twice', async () => {
  const home = await defaultFolder();
  const first = await listen();
  const seq = (await first.next())?.id ?? 0;
  await first.stop();
  await made('/me/tasks', { Subject: 'One' });
  await made('/me/tasks', { Subject: 'Two' });
  const { next } = await listen({ 'Last-Event-ID': String(seq) });
  expect(await next()).toEqual({ event: 'hello', id: seq, data: { seq: seq + 2 } });
  expect(await next()).toEqual({
    event: 'change',
    id: seq + 2,
    data: { seq: seq + 2, folders: [home], structure: true },
  });
  await service.events.poll();
  const future = await listen({ 'Last-Event-ID': '999' });
  await future.next();
  expect((await future.next())?.data).toEqual({ seq: seq + 2, folders: [home], structure: true });
  service.events.close();
  expect((await next())?.event).toBe('end');
});

test('an expired token ends its stream at the next heartbeat', async () => {
  const { next } = await listen();
  await next();
  await service.events.beat();
  service.revoke('ann');
  await service.events.beat();
  expect(await next()).toEqual({ event: 'end', data: { reason: 'signedOut' } });
  expect(await next()).toBeUndefined();
});

test('a signed-out client gets no later event', async () => {
  const { next } = await listen();
  await next();
  service.revoke('ann');
  await writeMailbox(service.database.db, { accountId: annId }, service.clock.now(), async () => {});
  await service.events.poll();
  expect(await next()).toEqual({ event: 'end', data: { reason: 'signedOut' } });
  expect(await next()).toBeUndefined();
});

test('a client that does not read gets fewer events, and is disconnected in the end', async () => {
  const response = await service.open('/threefold/v1/events');
  for (let at = 0; at < 40; at += 1) {
    await made('/me/tasks', { Subject: `Task ${at}` });
    await service.events.poll();
  }
  await service.events.beat();
  await service.events.beat();
  const text = await response.text();
  expect(text.match(/event: change/g)?.length).toBeLessThanOrEqual(16);
  expect(text).toMatch(/event: end\ndata: {"reason":"slow"}\n\n$/);
});

test('limits the streams of an account; one that ends makes room', async () => {
  const streams = [];
  for (let at = 0; at < maxStreamsPerAccount; at += 1) streams.push(await listen());
  const refused = await service.request('GET', '/threefold/v1/events');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('30');
  await streams[0]?.stop();
  await (await listen()).stop();
  await (await listen({ Authorization: 'Bearer bob' })).stop();
});

test('a stopped service opens none, and an invalid number is rejected', async () => {
  expect((await service.request('GET', '/threefold/v1/events', undefined, { 'Last-Event-ID': 'x' })).status).toBe(400);
  service.events.close();
  expect((await service.request('GET', '/threefold/v1/events')).status).toBe(503);
});
