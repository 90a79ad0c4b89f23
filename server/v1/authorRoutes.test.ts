import { afterEach, beforeEach, expect, test } from 'vitest';
import { bobId, startService, type Service } from '../testing/testService.ts';

/** The authors of a task (docs/decisions/0024-sharing.md). */

let service: Service;
let shared: string;
beforeEach(async () => {
  service = await startService();
  shared = await made('/me/taskfolders', { Name: 'Trip' });
  const body = { emailAddress: { address: 'bob@example.com' }, role: 'write' };
  await service.request('POST', `/threefold/v1/taskfolders/${shared}/permissions`, body);
});
afterEach(() => service.close());

const as = (bearer: string) => ({ Authorization: `Bearer ${bearer}` });
const users = '/users/ann@example.com';

async function made(path: string, body: object, bearer = 'ann'): Promise<string> {
  const answer = await service.send('POST', path, body, as(bearer));
  expect(answer.status).toBe(201);
  return String(answer.body['Id']);
}

const asBob = (method: string, path: string, body?: unknown) => service.send(method, path, body, as('bob-shared'));

test('who created a task and who changed it last', async () => {
  const [ann, bob] = [
    { name: 'Ann Example', address: 'ann@example.com' },
    { name: 'Bob Example', address: 'bob@example.com' },
  ];
  const authors = async (id: string, bearer = 'ann') => {
    const prefix = bearer === 'ann' ? '' : '/users/ann@example.com';
    const { body } = await service.request('GET', `/threefold/v1${prefix}/tasks/${id}/authors`, undefined, as(bearer));
    return body;
  };
  const id = await made(`/me/taskfolders('${shared}')/tasks`, { Subject: 'Tickets' });
  expect(await authors(id, 'bob-shared')).toEqual({
    createdBy: ann,
    lastModifiedBy: ann,
    lastModifiedDateTime: '2026-03-25T12:00:00.000Z',
  });
  service.clock.pass(1_000);
  await asBob('PATCH', `${users}/tasks('${id}')`, { Subject: 'Train' });
  expect(await authors(id)).toMatchObject({
    createdBy: ann,
    lastModifiedBy: bob,
    lastModifiedDateTime: '2026-03-25T12:00:01.000Z',
  });
  await service.send('PATCH', `/me/tasks('${id}')`, { Subject: 'Bus' });
  expect(await authors(id)).toMatchObject({ lastModifiedBy: ann });
  const link = {
    '@odata.type': '#Microsoft.OutlookServices.ReferenceAttachment',
    Name: 'Map',
    SourceUrl: 'https://x.example',
  };
  await asBob('POST', `${users}/tasks('${id}')/attachments`, link);
  expect(await authors(id)).toMatchObject({ lastModifiedBy: bob });
  await service.send('PATCH', `/me/tasks('${id}')`, { Subject: 'Boat' });
  await asBob('POST', `${users}/tasks('${id}')/complete`);
  expect(await authors(id)).toMatchObject({ createdBy: ann, lastModifiedBy: bob });
  const his = await made(`${users}/taskfolders('${shared}')/tasks`, { Subject: 'Hotel' }, 'bob-shared');
  expect(await authors(his)).toMatchObject({ createdBy: bob, lastModifiedBy: bob });
  await service.database.db.deleteFrom('accounts').where('id', '=', bobId).execute();
  expect(await authors(his)).toMatchObject({ createdBy: null, lastModifiedBy: null });
});
