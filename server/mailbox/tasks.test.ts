import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startService, type Service, type TestResponse } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const pacific = (day: string) => ({ DateTime: `${day}T18:00:00`, TimeZone: 'Pacific Standard Time' });
const create = async (body: object) => (await service.send('POST', '/me/tasks', body)).body;
const patch = (id: unknown, body: object, headers?: Record<string, string>) =>
  service.send('PATCH', `/me/tasks('${id}')`, body, headers);
const errorOf = ({ status, body }: TestResponse) => [status, body['error']?.['code']];

test('a new task has the documented defaults', async () => {
  const task = await create({ Subject: 'Shop for dinner' });
  expect(task).toMatchObject({
    Categories: [],
    AssignedTo: null,
    Body: { ContentType: 'Text', Content: '' },
    CompletedDateTime: null,
    DueDateTime: null,
    HasAttachments: false,
    Importance: 'Normal',
    IsReminderOn: false,
    Owner: 'Ann Example',
    Recurrence: null,
    ReminderDateTime: null,
    Sensitivity: 'Normal',
    StartDateTime: null,
    Status: 'NotStarted',
    Subject: 'Shop for dinner',
    CreatedDateTime: '2026-03-25T12:00:00Z',
    LastModifiedDateTime: '2026-03-25T12:00:00Z',
  });
});

test('start and due dates are midnight in the zone of the write, read in UTC or in the zone of Prefer', async () => {
  const headers = { Prefer: 'outlook.timezone="Eastern Standard Time"' };
  const made = await service.send('POST', '/me/tasks', { StartDateTime: pacific('2026-04-23') }, headers);
  expect(made.body['DueDateTime']).toEqual({
    DateTime: '2026-04-23T03:00:00.0000000',
    TimeZone: 'Eastern Standard Time',
  });
  expect(made.headers.get('preference-applied')).toBe('outlook.timezone="Eastern Standard Time"');
  const read = await service.send('GET', `/me/tasks/${made.body['Id']}`);
  expect(read.body['StartDateTime']).toEqual({ DateTime: '2026-04-23T07:00:00.0000000', TimeZone: 'UTC' });
  expect(read.headers.get('preference-applied')).toBeNull();
  const list = await service.send('GET', '/me/tasks', undefined, headers);
  expect(list.body['value']?.[0]?.['CreatedDateTime']).toBe('2026-03-25T08:00:00-04:00');
  expect(list.body['value']?.[0]?.['DueDateTime']?.['DateTime']).toBe('2026-04-23T03:00:00.0000000');
});

test('a due date before the start is rejected, and a start after the due date moves it along', async () => {
  const both = { StartDateTime: pacific('2026-04-23'), DueDateTime: pacific('2026-04-22') };
  const refused = await service.send('POST', '/me/tasks', both);
  expect(errorOf(refused)).toEqual([400, 'ErrorPropertyValidationFailure']);
  expect(refused.body['error']?.['message']).toBe('At least one property failed validation.');
  const task = await create({ DueDateTime: pacific('2026-04-22') });
  const moved = await patch(task['Id'], { StartDateTime: pacific('2026-04-25') });
  expect(moved.body['DueDateTime']?.['DateTime']).toBe('2026-04-25T07:00:00.0000000');
  const cleared = await patch(task['Id'], { DueDateTime: null });
  expect([cleared.body['StartDateTime'], cleared.body['DueDateTime']]).toEqual([null, null]);
});

test('a PATCH changes what it names, and the change key; one without effect changes nothing', async () => {
  const task = await create({ Subject: 'One', Importance: 'high', Categories: ['Red'] });
  service.clock.pass(1_000);
  const changed = await patch(task['Id'], { Subject: 'Two' });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ Subject: 'Two', Importance: 'High', Categories: ['Red'] });
  expect(changed.body['LastModifiedDateTime']).toBe('2026-03-25T12:00:01Z');
  expect(changed.body['@odata.etag']).toBe(`W/"${changed.body['ChangeKey']}"`);
  expect(changed.body['ChangeKey']).not.toBe(task['ChangeKey']);
  service.clock.pass(1_000);
  const same = await patch(task['Id'], { Subject: 'Two', ParentFolderId: 'nowhere', Owner: 'Somebody' });
  expect([same.status, same.body['ChangeKey'], same.body['LastModifiedDateTime']]).toEqual([
    200,
    changed.body['ChangeKey'],
    '2026-03-25T12:00:01Z',
  ]);
});

test('If-Match with the current etag or * succeeds, another etag is 412 without effect', async () => {
  const task = await create({ Subject: 'One' });
  const etag = String(task['@odata.etag']);
  const first = await patch(task['Id'], { Subject: 'Two' }, { 'If-Match': etag });
  expect(first.status).toBe(200);
  for (const [method, path, body] of [
    ['PATCH', `/me/tasks/${task['Id']}`, { Subject: 'Three' }],
    ['DELETE', `/me/tasks/${task['Id']}`, undefined],
    ['POST', `/me/tasks/${task['Id']}/complete`, undefined],
  ] as const) {
    expect(errorOf(await service.send(method, path, body, { 'If-Match': etag }))).toEqual([
      412,
      'ErrorIrresolvableConflict',
    ]);
  }
  expect((await service.send('GET', `/me/tasks/${task['Id']}`)).body['Subject']).toBe('Two');
  expect((await patch(task['Id'], { Subject: 'Four' }, { 'If-Match': '*' })).status).toBe(200);
});

test('DELETE returns 204 once, then 404 everywhere; the row stays with a tombstone', async () => {
  const task = await create({ Subject: 'Gone' });
  const path = `/me/tasks('${task['Id']}')`;
  const deleted = await service.send('DELETE', path, undefined, { 'If-Match': String(task['@odata.etag']) });
  expect([deleted.status, deleted.text]).toEqual([204, '']);
  for (const [method, body] of [['GET'], ['DELETE'], ['PATCH', { Subject: 'x' }]] as const) {
    expect(errorOf(await service.send(method, path, body))).toEqual([404, 'ErrorItemNotFound']);
  }
  expect(errorOf(await service.send('POST', `${path}/complete`))).toEqual([404, 'ErrorItemNotFound']);
  expect((await service.send('GET', '/me/tasks')).body['value']).toEqual([]);
  const row = await service.database.db.selectFrom('tasks').selectAll().executeTakeFirstOrThrow();
  expect(row.deleted_at).toBe('2026-03-25T12:00:00.000Z');
});

describe('complete', () => {
  test('a single task: returns a collection of one, completed on the day of the call in the Prefer zone', async () => {
    service.clock.set('2016-04-23T02:28:38.000Z');
    const task = await create({ Subject: 'Once', IsReminderOn: true });
    const headers = { Prefer: 'outlook.timezone="Pacific Standard Time"' };
    const done = await service.send('POST', `/me/tasks/${task['Id']}/complete`, undefined, headers);
    expect(done.status).toBe(200);
    expect(done.body['@odata.context']).toBe('http://localhost:4100/api/v2.0/$metadata#Me/Tasks');
    expect(done.body['value']).toMatchObject([
      {
        Id: task['Id'],
        Status: 'Completed',
        IsReminderOn: false,
        CompletedDateTime: { DateTime: '2016-04-22T00:00:00.0000000', TimeZone: 'Pacific Standard Time' },
      },
    ]);
    const again = await service.send('POST', `/me/tasks/${task['Id']}/complete`);
    expect(again.body['value']?.[0]?.['ChangeKey']).toBe(done.body['value']?.[0]?.['ChangeKey']);
  });

  test('a series: the completed copy is new, the series keeps its id and advances', async () => {
    const task = await create({
      Subject: 'Water plants',
      StartDateTime: { DateTime: '2026-04-30T00:00:00', TimeZone: 'UTC' },
      DueDateTime: { DateTime: '2026-05-02T00:00:00', TimeZone: 'UTC' },
      Recurrence: {
        Pattern: { Type: 'Weekly', Interval: 1, DaysOfWeek: ['Thursday'] },
        Range: { Type: 'NoEnd', StartDate: '2026-04-30' },
      },
    });
    service.clock.set('2026-05-02T10:00:00.000Z');
    const { body } = await service.send('POST', `/me/tasks/${task['Id']}/complete`, 'null');
    const [done, next] = [body['value']?.[0], body['value']?.[1]];
    expect(done).toMatchObject({ Status: 'Completed', Recurrence: null, Subject: 'Water plants' });
    expect(done?.['Id']).not.toBe(task['Id']);
    expect(next).toMatchObject({
      Id: task['Id'],
      Status: 'NotStarted',
      StartDateTime: { DateTime: '2026-05-07T00:00:00.0000000' },
      DueDateTime: { DateTime: '2026-05-09T00:00:00.0000000' },
    });
    const patched = await patch(task['Id'], { Status: 'Completed' });
    expect(patched.body).toMatchObject({ Status: 'Completed', Recurrence: null });
    expect(patched.body['Id']).not.toBe(task['Id']);
    expect((await service.send('GET', '/me/tasks/$count')).text).toBe('3');
  });

  test.each(['', 'null', '{}', ' { } '])('accepts a body of %j', async (body) => {
    const task = await create({ Subject: 'Once' });
    const done = await service.send('POST', `/me/tasks/${task['Id']}/complete`, body);
    expect(done.status).toBe(200);
  });
});

test('status and completion date stay consistent', async () => {
  const task = await create({ Subject: 'Once' });
  const alone = await patch(task['Id'], { CompletedDateTime: pacific('2026-03-20') });
  expect(errorOf(alone)).toEqual([400, 'ErrorPropertyValidationFailure']);
  const future = await patch(task['Id'], { Status: 'completed', CompletedDateTime: pacific('2027-03-20') });
  expect(errorOf(future)).toEqual([400, 'ErrorInvalidCompleteDate']);
  const done = await patch(task['Id'], { Status: 'completed' });
  expect(done.body['CompletedDateTime']?.['DateTime']).toBe('2026-03-25T00:00:00.0000000');
  const open = await patch(task['Id'], { status: 'inProgress' });
  expect(errorOf(open)).toEqual([400, 'RequestBodyRead']);
  expect((await patch(task['Id'], { Status: 'inProgress' })).body['CompletedDateTime']).toBeNull();
});

test('a task is found below its folder only', async () => {
  const folder = (await service.send('POST', '/me/taskfolders', { Name: 'Paint' })).body;
  const inside = await service.send('POST', `/me/taskfolders('${folder['Id']}')/tasks`, { Subject: 'Walls' });
  expect(inside.body['ParentFolderId']).toBe(folder['Id']);
  const id = inside.body['Id'];
  expect((await service.send('GET', `/me/taskfolders/${folder['Id']}/tasks/${id}`)).status).toBe(200);
  for (const [method, suffix, body] of [
    ['GET', ''],
    ['PATCH', '', { Subject: 'x' }],
    ['DELETE', ''],
    ['POST', '/complete'],
  ] as const) {
    const answer = await service.send(method, `/me/taskfolders/Tasks/tasks/${id}${suffix}`, body);
    expect(errorOf(answer)).toEqual([404, 'ErrorItemNotFound']);
  }
  expect((await service.send('GET', '/me/taskfolders/Tasks/tasks')).body['value']).toEqual([]);
});

test('NUL, which cannot be stored, becomes the replacement character', async () => {
  const made = await create({
    Subject: 'a\0b',
    Categories: ['\0'],
    Body: { ContentType: 'Text', Content: 'c\\u0000\0' },
  });
  const kept = { Subject: 'a\ufffdb', Categories: ['\ufffd'], Body: { Content: 'c\\u0000\ufffd' } };
  expect(made).toMatchObject(kept);
  expect((await service.send('GET', '/me/tasks')).body['value']?.[0]).toMatchObject(kept);
});

test('a lone surrogate is returned as stored, so sending it again changes nothing', async () => {
  const made = await create({
    Subject: 'cut \ud83d',
    Categories: ['\ude00'],
    Body: { ContentType: 'Text', Content: '\ud800' },
  });
  expect(made).toMatchObject({ Subject: 'cut \ufffd', Categories: ['\ufffd'], Body: { Content: '\ufffd' } });
  const read = await service.send('GET', `/me/tasks('${made['Id']}')`);
  expect(read.body['Subject']).toBe('cut \ufffd');
  const again = await patch(made['Id'], { Subject: 'cut \ud83d' });
  expect(again.body['ChangeKey']).toBe(made['ChangeKey']);
});

test('the text of an HTML body is computed when the body changes, not at every write', async () => {
  const { db } = service.database;
  const made = await create({ Subject: 'x', Body: { ContentType: 'HTML', Content: '<p>One</p>' } });
  const said = async () =>
    (await db.selectFrom('tasks').select('body_text').where('subject', '=', 'x').executeTakeFirstOrThrow()).body_text;
  expect(await said()).toBe('One');
  await db.updateTable('tasks').set({ body_text: 'kept' }).where('subject', '=', 'x').execute();
  await patch(made['Id'], { Importance: 'High' });
  expect(await said()).toBe('kept');
  await patch(made['Id'], { Body: { ContentType: 'HTML', Content: '<p>Two</p>' } });
  expect(await said()).toBe('Two');
});
