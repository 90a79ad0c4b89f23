import { valuesOf } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => (service = await startService({ mailboxBytes: 1_000_000 })));
afterEach(() => service.close());

const file = (name: string, bytes: Uint8Array | string) => ({
  '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
  Name: name,
  ContentBytes: Buffer.from(bytes).toString('base64'),
});
const link = {
  '@odata.type': '#Microsoft.OutlookServices.ReferenceAttachment',
  Name: 'Plan',
  SourceUrl: 'https://example.com/plan',
};
const listed = async (id: string) => (await service.send('GET', `/me/tasks('${id}')/attachments`)).body['value'];
const taskCount = async () => (await service.send('GET', '/me/tasks/$count')).text;
const contentCount = async () =>
  (await service.database.db.selectFrom('attachment_contents').select('id').execute()).length;

test('a new task is created with its attachments in one write', async () => {
  const large = Buffer.alloc(600_000, 'x');
  const { status, body } = await service.send('POST', '/me/tasks', {
    Subject: 'Shop',
    Attachments: [file('a.txt', 'hello'), file('large.bin', large), file('empty.txt', ''), link],
  });
  expect([status, body['HasAttachments'], body['Attachments']]).toEqual([201, true, undefined]);
  const shown = await listed(String(body['Id']));
  expect(shown).toMatchObject([
    { Name: 'a.txt', ContentBytes: 'aGVsbG8=' },
    { Name: 'large.bin', ContentBytes: large.toString('base64') },
    { Name: 'empty.txt', ContentBytes: '' },
    { Name: 'Plan', SourceUrl: 'https://example.com/plan' },
  ]);
  // The response equals the stored state.
  expect((await service.send('GET', `/me/tasks('${body['Id']}')`)).body['@odata.etag']).toBe(body['@odata.etag']);
});

test('one invalid attachment rejects the whole request', async () => {
  const post = (Attachments: unknown) => service.send('POST', '/me/tasks', { Subject: 'Shop', Attachments });
  for (const [attachments, status, code] of [
    [[{ Name: 'x' }], 400, 'ErrorRequiredPropertyMissing'],
    [[file('a.txt', 'a'), { ...file('b.txt', ''), ContentBytes: '%%' }], 400, 'RequestBodyRead'],
    [{ a: 1 }, 400, 'RequestBodyRead'],
    [[file('a.bin', Buffer.alloc(1_000_001))], 507, 'ErrorQuotaExceeded'],
  ] as const) {
    const answer = await post(attachments);
    expect([answer.status, answer.body['error']?.['code']]).toEqual([status, code]);
  }
  expect([await taskCount(), await contentCount()]).toEqual(['0', 0]);
  // The forms of an empty list.
  expect((await post([])).status).toBe(201);
  expect((await post(null)).status).toBe(201);
});

test('both tasks of a series that is created completed have them', async () => {
  const { body } = await service.send('POST', '/me/tasks', {
    Subject: 'Water the plants',
    Status: 'Completed',
    DueDateTime: { DateTime: '2026-03-25', TimeZone: 'UTC' },
    Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd', StartDate: '2026-03-25' } },
    Attachments: [file('a.txt', 'hello')],
  });
  const all = valuesOf((await service.send('GET', '/me/tasks')).body);
  expect(all).toHaveLength(2);
  expect(all.map(({ Id }) => Id)).toContain(body['Id']);
  for (const { Id } of all)
    expect(await listed(String(Id))).toMatchObject([{ Name: 'a.txt', ContentBytes: 'aGVsbG8=' }]);
  expect(all).toMatchObject([{ HasAttachments: true }, { HasAttachments: true }]);
});

test('a repeated request creates one task with its attachments once', async () => {
  const headers = {
    'Repeatability-Request-ID': 'aaaaaaaa-bbbb',
    'Repeatability-First-Sent': 'Wed, 25 Mar 2026 12:00:00 GMT',
  };
  const post = () => service.send('POST', '/me/tasks', { Subject: 'Shop', Attachments: [link] }, headers);
  const [first, second] = [await post(), await post()];
  expect(second.body).toEqual(first.body);
  expect(await listed(String(first.body['Id']))).toHaveLength(1);
});

test('a PATCH of a task accepts none', async () => {
  const { body } = await service.send('POST', '/me/tasks', { Subject: 'Shop' });
  const answer = await service.send('PATCH', `/me/tasks('${body['Id']}')`, { Attachments: [link] });
  expect([answer.status, answer.body['error']?.['code']]).toEqual([400, 'ErrorInvalidProperty']);
});
