import { expect, test } from 'vitest';
import { startService } from '../testing/testService.ts';
import { createDiskReserve, diskReserve } from './diskReserve.ts';

test('free space is asked for at most once a second', () => {
  let asked = 0;
  let free = diskReserve;
  let now = '2026-03-25T12:00:00.000Z';
  const isFull = createDiskReserve(
    () => {
      asked += 1;
      return free;
    },
    { now: () => now },
  );
  expect([isFull(), isFull(), asked]).toEqual([false, false, 1]);
  free = diskReserve - 1;
  expect(isFull()).toBe(false);
  now = '2026-03-25T12:00:01.000Z';
  expect([isFull(), asked]).toEqual([true, 2]);
  // A clock that was set back asks again, too.
  now = '2026-03-25T11:00:00.000Z';
  free = diskReserve;
  expect([isFull(), asked]).toEqual([false, 3]);
});

test('on a full disk nothing is added, and everything can be read, changed and deleted', async () => {
  let isFull = false;
  const service = await startService({ isDiskFull: () => isFull });
  const task = await service.send('POST', '/me/tasks', { Subject: 'Oak', Body: { Content: 'A longer note' } });
  const url = `/me/tasks('${String(task.body['Id'])}')`;
  isFull = true;
  const refused = await service.send('POST', '/me/tasks', { Subject: 'Elm' });
  expect(refused).toMatchObject({ status: 507, body: { error: { code: 'ErrorInsufficientResources' } } });
  expect((await service.send('PATCH', url, { Body: { ContentType: 'Text', Content: 'Note' } })).status).toBe(200);
  expect((await service.send('GET', url)).status).toBe(200);
  expect((await service.send('DELETE', url)).status).toBe(204);
  isFull = false;
  expect((await service.send('POST', '/me/tasks', { Subject: 'Elm' })).status).toBe(201);
  await service.close();
});
