import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { deleteExpiredUploads } from '../attachments/uploadSessions.ts';
import { runMaintenance } from '../mailbox/maintenance.ts';
import { annId, bobId, startService, type Service, type TestResponse } from '../testing/testService.ts';
import { readUsage } from './mailboxUsage.ts';
import { recountUsage, recountWhileServing, usageDifferences } from './recountUsage.ts';

let service: Service;
afterEach(() => service.close());

const usage = () => readUsage(service.database.db, annId);
const differences = () => usageDifferences(service.database.db);
const key = (n: number) => ({
  'Repeatability-Request-ID': `key-${String(n).padStart(8, '0')}`,
  'Repeatability-First-Sent': 'Wed, 25 Mar 2026 12:00:00 GMT',
});
const created = async (body: object, path = '/me/tasks', headers?: Record<string, string>) => {
  const answer = await service.send('POST', path, body, headers);
  expect(answer.status).toBe(201);
  return String(answer.body['Id']);
};
const file = (size: number) => ({
  '@odata.type': 'FileAttachment',
  Name: 'a.bin',
  ContentBytes: Buffer.alloc(size, 7).toString('base64'),
});
const session = (task: string, size: number, headers?: Record<string, string>, who = 'me') =>
  service.send(
    'POST',
    `/${who}/tasks('${task}')/attachments/createUploadSession`,
    { AttachmentItem: { AttachmentType: 'file', Name: 'film', Size: size } },
    headers,
  );
const put = (url: unknown, start: number, bytes: Uint8Array<ArrayBuffer>, size: number) =>
  service.fetch(
    new Request(String(url), {
      method: 'PUT',
      headers: { 'Content-Range': `bytes ${start}-${start + bytes.length - 1}/${size}` },
      body: bytes,
    }),
  );
const errorOf = ({ status, body }: TestResponse) => [status, body['error']?.['code']];

/** Ann shares a folder; Bob may write there. */
async function share(): Promise<string> {
  const folder = await created({ Name: 'Shared' }, '/me/taskfolders');
  const shared = await service.request('POST', `/threefold/v1/taskfolders/${folder}/permissions`, {
    emailAddress: { address: 'bob@example.com' },
    role: 'write',
  });
  expect(shared.status).toBe(201);
  return folder;
}
const bob = { Authorization: 'Bearer bob-shared' };

describe('the account of a mailbox', () => {
  beforeEach(async () => (service = await startService()));

  test('is that of its rows after everything that changes them', async () => {
    expect(await differences()).toEqual([]);
    const folder = await share();
    const group = await created({ Name: 'Group' }, '/me/taskgroups');
    const task = await created({ Subject: 'Küche', Categories: ['Blau'] }, '/me/tasks', key(1));
    const html = { ContentType: 'HTML', Content: `<p>${'ä'.repeat(500)}</p>` };
    await service.send('PATCH', `/me/tasks('${task}')`, { Subject: 'Longer than it was', Body: html });
    const series = await created({
      Subject: 'Water',
      DueDateTime: { DateTime: '2026-03-25', TimeZone: 'UTC' },
      Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd', StartDate: '2026-03-25' } },
      Attachments: [file(1000)],
    });
    await service.send('POST', `/me/tasks('${series}')/complete`, undefined, key(2));
    const theirs = await created({ Subject: 'Theirs' }, `/users/ann@example.com/taskfolders('${folder}')/tasks`, bob);
    await service.send('POST', `/users/ann@example.com/tasks('${theirs}')/attachments`, file(5000), bob);
    await service.request('POST', '/threefold/v1/categories', { displayName: 'Blau', color: 'preset3' });
    await service.request('PATCH', '/threefold/v1/settings', { timeZone: 'Europe/Paris' });
    const upload = await session(task, 300_000);
    await put(upload.body['UploadUrl'], 0, Buffer.alloc(262_144), 300_000);
    expect(await differences()).toEqual([]);
    expect((await usage()).parts).toMatchObject({
      tasks: { items: 4 },
      bin: { items: 0, bytes: 0 },
      // Two attachments of the series share their bytes.
      files: { items: 4 },
      places: { items: 6 },
    });
    expect((await usage()).parts.files.bytes).toBeGreaterThan(262_144 + 5000 + 1000);
    expect((await usage()).parts.files.bytes).toBeLessThan(262_144 + 5000 + 2 * 1000 + 4000);

    await service.send('DELETE', `/me/tasks('${task}')`);
    expect((await usage()).parts.bin.items).toBe(1);
    expect(await differences()).toEqual([]);
    await service.request('POST', `/threefold/v1/deleteditems/${task}/restore`);
    await service.send('PATCH', `/me/tasks('${theirs}')`, { Subject: 'Mine' });
    await service.send('DELETE', `/me/taskfolders('${folder}')`);
    expect(await differences()).toEqual([]);
    await service.request('POST', `/threefold/v1/deleteditems/${folder}/restore`);
    await service.send('DELETE', `/me/taskfolders('${folder}')`);
    await service.send('DELETE', `/me/taskgroups('${group}')`);
    await service.send('DELETE', `/me/tasks('${series}')`);
    await service.request('DELETE', '/threefold/v1/deleteditems');
    expect(await differences()).toEqual([]);
    service.clock.pass(200 * 24 * 60 * 60_000);
    await deleteExpiredUploads(service.database.db, service.clock);
    await runMaintenance({ db: service.database.db, clock: service.clock, binDays: 30 });
    expect(await differences()).toEqual([]);
    expect((await usage()).parts).toMatchObject({
      bin: { items: 0 },
      // That of the completed copy.
      files: { items: 1 },
      other: { items: 1 },
    });
    await service.database.db.deleteFrom('accounts').where('id', '=', annId).execute();
    expect(await differences()).toEqual([]);
  });

  test('is found to differ, and is counted again', async () => {
    await created({ Subject: 'x' });
    const { db } = service.database;
    await db.updateTable('counters').set({ tasks_bytes: 5 }).where('account_id', '=', annId).execute();
    await db.insertInto('guest_usage').values({ account_id: annId, guest_id: bobId, items: 2, bytes: 0 }).execute();
    expect(await differences()).toMatchObject([
      { accountId: annId, guestId: null, what: 'tasks_bytes', kept: 5 },
      { accountId: annId, guestId: bobId, what: 'items', kept: 2, counted: 0 },
    ]);
    await recountUsage(db);
    expect(await differences()).toEqual([]);
  });

  test('is counted again while others write', async () => {
    const { db } = service.database;
    await Promise.all([
      ...Array.from({ length: 30 }, (_, at) => created({ Subject: `Task ${at}` })),
      ...Array.from({ length: 5 }, () => recountWhileServing(db)),
      ...Array.from({ length: 30 }, (_, at) => created({ Name: `Folder ${at}` }, '/me/taskfolders')),
    ]);
    expect(await differences()).toEqual([]);
    expect((await usage()).parts.tasks.items).toBe(30);
  });

  test('is answered by part, with its limits', async () => {
    await created({ Subject: 'x' });
    const { body } = await service.request('GET', '/threefold/v1/storage');
    const { content, parts } = await usage();
    expect(body).toMatchObject({
      used: content.bytes,
      limit: 2 * 1024 ** 3,
      items: content.items,
      itemLimit: 500_000,
      parts,
    });
  });
});

describe('a full mailbox', () => {
  test('takes no more tasks, in the form of its dialect, and can always be emptied', async () => {
    service = await startService({ mailboxBytes: 40_000 });
    const body = { ContentType: 'Text', Content: 'x'.repeat(15_000) };
    const first = await created({ Subject: 'a', Body: body });
    await created({ Subject: 'b', Body: body });
    const refused = await service.send('POST', '/me/tasks', { Subject: 'c', Body: body });
    expect(errorOf(refused)).toEqual([507, 'ErrorQuotaExceeded']);
    expect(refused.body['error']?.['message']).toBe('Mailbox has exceeded maximum mailbox size.');
    const graph = await service.request('POST', '/beta/me/outlook/tasks', {
      subject: 'c',
      body: { contentType: 'text', content: 'x'.repeat(15_000) },
    });
    expect(graph.body['error']).toMatchObject({ code: 'ErrorQuotaExceeded', innerError: expect.anything() });
    const longer = { Body: { ContentType: 'Text', Content: 'x'.repeat(30_000) } };
    expect(errorOf(await service.send('PATCH', `/me/tasks('${first}')`, longer))).toEqual([507, 'ErrorQuotaExceeded']);
    // The refused writes left nothing behind, not even a number.
    expect((await service.send('GET', '/me/tasks/$count')).text).toBe('2');
    expect(await differences()).toEqual([]);

    expect((await service.send('POST', `/me/tasks('${first}')/complete`, undefined, key(3))).status).toBe(200);
    expect((await service.send('DELETE', `/me/tasks('${first}')`)).status).toBe(204);
    expect((await service.request('DELETE', `/threefold/v1/deleteditems/${first}`)).status).toBe(204);
    expect((await service.send('POST', '/me/tasks', { Subject: 'c', Body: body })).status).toBe(201);
  });

  test('is not filled by what was deleted', async () => {
    service = await startService({ mailboxItems: 5 });
    for (let n = 0; n < 10; n += 1) {
      const task = await created({ Subject: 'x' });
      expect((await service.send('DELETE', `/me/tasks('${task}')`)).status).toBe(204);
      expect((await service.request('DELETE', `/threefold/v1/deleteditems/${task}`)).status).toBe(204);
    }
    expect((await usage()).parts.other.items).toBe(10);
    const task = await created({ Subject: 'x' });
    expect((await session(task, 10)).status).toBe(201);
    expect((await service.request('GET', '/threefold/v1/storage')).body).toMatchObject({ items: 4, itemLimit: 5 });
  });

  test('by number: folders, groups, categories and tasks count alike', async () => {
    service = await startService({ mailboxItems: 5 });
    await created({ Name: 'A' }, '/me/taskfolders');
    await created({ Name: 'B' }, '/me/taskgroups');
    expect((await service.request('POST', '/threefold/v1/categories', { displayName: 'C' })).status).toBe(201);
    expect(errorOf(await service.send('POST', '/me/tasks', { Subject: 'x' }))).toEqual([507, 'ErrorQuotaExceeded']);
    expect(errorOf(await service.send('POST', '/me/taskfolders', { Name: 'D' }))).toEqual([507, 'ErrorQuotaExceeded']);
    expect((await service.request('PATCH', '/threefold/v1/settings', { timeZone: 'UTC' })).status).toBe(200);
  });

  test('also in a batch: what fits is taken, the rest is refused', async () => {
    service = await startService({ mailboxItems: 4 });
    const requests = ['a', 'b', 'c'].map((subject, at) => ({
      id: String(at),
      method: 'POST',
      url: '/me/outlook/tasks',
      headers: { 'Content-Type': 'application/json' },
      body: { subject },
    }));
    const { body } = await service.request('POST', '/beta/$batch', { requests });
    const statuses = JSON.parse(JSON.stringify(body['responses'])).map(({ status }: { status: number }) => status);
    expect(statuses.toSorted()).toEqual([201, 201, 507]);
    expect(await differences()).toEqual([]);
  });
});

describe('uploads', () => {
  test('claim nothing: what has arrived counts, and the rest is refused when it arrives', async () => {
    service = await startService({ mailboxBytes: 1_000_000 });
    const task = await created({ Subject: 'x' });
    const sessions = [];
    for (let n = 0; n < 4; n += 1) sessions.push((await session(task, 900_000)).body['UploadUrl']);
    expect((await usage()).parts.files.bytes).toBeLessThan(10_000);
    expect((await service.send('POST', `/me/tasks('${task}')/attachments`, file(300_000))).status).toBe(201);
    const bytes = Buffer.alloc(500_000);
    expect((await put(sessions[0], 0, bytes, 900_000)).status).toBe(200);
    const refused = await put(sessions[1], 0, bytes, 900_000);
    expect([refused.status, await refused.json()]).toMatchObject([507, { error: { code: 'ErrorQuotaExceeded' } }]);
    expect(await differences()).toEqual([]);
    // Told before a byte is sent.
    expect(errorOf(await session(task, 900_000))).toEqual([507, 'ErrorQuotaExceeded']);
    // Without further bytes both end within half an hour, and their bytes with them.
    service.clock.pass(31 * 60_000);
    await session(task, 10);
    expect((await usage()).parts.files.bytes).toBeLessThan(310_000);
    expect(await differences()).toEqual([]);
  });

  test('of one sender are few at a time', async () => {
    service = await startService();
    const task = await created({ Subject: 'x' });
    for (let n = 0; n < 64; n += 1) expect((await session(task, 100)).status).toBe(201);
    expect(errorOf(await session(task, 100))).toEqual([507, 'ErrorQuotaExceeded']);
  });

  test('in tiny pieces are stored in a few rows', async () => {
    service = await startService();
    const task = await created({ Subject: 'x' });
    const url = (await session(task, 50)).body['UploadUrl'];
    for (let at = 0; at < 50; at += 1) await put(url, at, Buffer.from([at]), 50);
    const [chunk, ...more] = await service.database.db.selectFrom('attachment_chunks').selectAll().execute();
    expect([chunk?.bytes.length, more]).toEqual([50, []]);
    expect([...(chunk?.bytes ?? [])]).toEqual(Array.from({ length: 50 }, (_, at) => at));
    const [{ id } = { id: '' }] = await service.database.db.selectFrom('attachments').select('id').execute();
    const read = await service.open(`/api/v2.0/me/tasks('${task}')/attachments('${id}')/$value`);
    expect(new Uint8Array(await read.arrayBuffer()).length).toBe(50);
  });
});

describe('a guest', () => {
  let folder: string;
  const shared = () => `/users/ann@example.com/taskfolders('${folder}')/tasks`;
  beforeEach(async () => {
    service = await startService({ mailboxBytes: 400_000 });
    folder = await share();
  });

  test('fills a quarter of the mailbox, by tasks and files together; its owner goes on', async () => {
    const task = await created({ Subject: 'x' }, shared(), bob);
    const attach = (size: number) =>
      service.send('POST', `/users/ann@example.com/tasks('${task}')/attachments`, file(size), bob);
    expect((await attach(60_000)).status).toBe(201);
    const refused = await attach(60_000);
    expect(errorOf(refused)).toEqual([507, 'ErrorQuotaExceeded']);
    expect(refused.body['error']?.['message']).toContain('Your share');
    const large = { Subject: 'y', Body: { ContentType: 'Text', Content: 'x'.repeat(40_000) } };
    expect(errorOf(await service.send('POST', shared(), large, bob))).toEqual([507, 'ErrorQuotaExceeded']);
    expect((await service.send('POST', '/me/tasks', large)).status).toBe(201);
    expect(await differences()).toEqual([]);
  });

  test('fills it by links and by unfinished uploads, too', async () => {
    const task = await created({ Subject: 'x' }, shared(), bob);
    const SourceUrl = `https://example.com/${'x'.repeat(1500)}`;
    const link = { '@odata.type': 'ReferenceAttachment', Name: 'link', SourceUrl };
    const statuses: number[] = [];
    for (let n = 0; n < 60; n += 1)
      statuses.push(
        (await service.send('POST', `/users/ann@example.com/tasks('${task}')/attachments`, link, bob)).status,
      );
    expect(statuses.filter((status) => status === 201).length).toBeLessThan(50);
    expect(statuses.at(-1)).toBe(507);
    expect((await service.send('POST', `/me/tasks('${task}')/attachments`, link)).status).toBe(201);
    expect(await differences()).toEqual([]);
  });

  test('does not fill it by making the owner’s tasks larger', async () => {
    const body = { Body: { ContentType: 'Text', Content: 'x'.repeat(60_000) } };
    const [one, two] = [await created({ Subject: 'a' }, shared()), await created({ Subject: 'b' }, shared())];
    const grow = (id: string) => service.send('PATCH', `/users/ann@example.com/tasks('${id}')`, body, bob);
    expect((await grow(one)).status).toBe(200);
    expect(errorOf(await grow(two))).toEqual([507, 'ErrorQuotaExceeded']);
    // A change by the owner makes the task theirs again.
    expect((await service.send('PATCH', `/me/tasks('${one}')`, { Subject: 'mine' })).status).toBe(200);
    expect((await grow(two)).status).toBe(200);
    expect(await differences()).toEqual([]);
  });

  test('adds nothing to the last quarter, and can still delete', async () => {
    const task = await created({ Subject: 'x' }, shared(), bob);
    await created({ Subject: 'large', Body: { ContentType: 'Text', Content: 'x'.repeat(300_000) } });
    expect(errorOf(await service.send('POST', shared(), { Subject: 'y' }, bob))).toEqual([507, 'ErrorQuotaExceeded']);
    expect((await service.send('DELETE', `/users/ann@example.com/tasks('${task}')`, undefined, bob)).status).toBe(204);
    expect((await service.send('POST', '/me/tasks', { Subject: 'y' })).status).toBe(201);
  });

  test('with four empty upload sessions takes nothing from the owner', async () => {
    const task = await created({ Subject: 'x' }, shared(), bob);
    for (let n = 0; n < 4; n += 1) expect((await session(task, 90_000, bob, 'users/ann@example.com')).status).toBe(201);
    expect((await service.send('POST', `/me/tasks('${task}')/attachments`, file(200_000))).status).toBe(201);
  });
});

test('a large purge keeps the account right', async () => {
  service = await startService();
  const { db } = service.database;
  const folder = await created({ Name: 'Large' }, '/me/taskfolders');
  const task = await created({ Subject: 'x' }, `/me/taskfolders('${folder}')/tasks`);
  const row = await db.selectFrom('tasks').selectAll().where('id', '=', task).executeTakeFirstOrThrow();
  const copies = Array.from({ length: 500 }, (_, at) => ({ ...row, id: `copy-${at}` }));
  for (let at = 0; at < copies.length; at += 50)
    await db
      .insertInto('tasks')
      .values(copies.slice(at, at + 50))
      .execute();
  expect((await usage()).parts.tasks.items).toBe(501);
  await service.send('DELETE', `/me/taskfolders('${folder}')`);
  expect((await usage()).parts).toMatchObject({ tasks: { items: 0, bytes: 0 }, bin: { items: 501 } });
  await service.request('DELETE', '/threefold/v1/deleteditems');
  expect((await usage()).parts.bin).toEqual({ items: 0, bytes: 0 });
  expect(await differences()).toEqual([]);
  await sql`delete from departures`.execute(db);
  expect(await differences()).toEqual([]);
});
