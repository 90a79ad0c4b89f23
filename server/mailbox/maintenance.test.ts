import { expect, test } from 'vitest';
import { usageDifferences } from '../usage/recountUsage.ts';
import { startService } from '../testing/testService.ts';
import { runMaintenance } from './maintenance.ts';

test('too many tombstones and idempotency keys go, the oldest first; a reader from before starts over', async () => {
  const service = await startService();
  const { db } = service.database;
  const track = { Prefer: 'odata.track-changes' };
  const folder = String((await service.send('GET', '/me/taskfolders')).body['value']?.[0]?.['Id']);
  const read = (path: string) => service.send('GET', path.slice(path.indexOf('/me/')), undefined, track);
  const first = await read(`/me/taskfolders('${folder}')/tasks`);
  const link = String(first.body['@odata.deltaLink']).replace(/^.*\/api\/v2\.0/, '');
  for (let n = 0; n < 6; n += 1) {
    service.clock.pass(1000);
    const headers = {
      'Repeatability-Request-ID': `key-0000000${n}`,
      'Repeatability-First-Sent': 'Wed, 25 Mar 2026 12:00:00 GMT',
    };
    const made = await service.send('POST', '/me/tasks', { Subject: String(n) }, headers);
    await service.send('DELETE', `/me/tasks('${made.body['Id']}')`);
  }
  const counts = async () => {
    const keys = await db.selectFrom('repeatability').select('request_id').orderBy('at').execute();
    return [
      (await db.selectFrom('departures').select('id').execute()).length,
      keys.map(({ request_id }) => request_id),
    ];
  };
  const input = { db, clock: service.clock, binDays: 30 };
  await runMaintenance({ ...input, maxRecords: 12 });
  expect((await counts())[0]).toBe(6);
  expect((await service.send('GET', link, undefined, track)).status).toBe(200);

  await runMaintenance({ ...input, maxRecords: 2 });
  expect(await counts()).toEqual([2, ['key-00000004', 'key-00000005']]);
  expect((await service.send('GET', link, undefined, track)).status).toBe(410);
  expect(await usageDifferences(db)).toEqual([]);
  await service.close();
});
