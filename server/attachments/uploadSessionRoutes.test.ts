import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';
import { chunkSize } from './contentChunks.ts';
import { deleteExpiredUploads } from './uploadSessions.ts';

let service: Service;
let task: string;
beforeEach(async () => {
  service = await startService();
  task = String((await service.send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
});
afterEach(() => service.close());

const size = 10;
const content = 'abcdefghij';
const newUpload = (more: object = {}) => ({
  attachmentItem: { attachmentType: 'file', name: 'film.mp4', size, contentType: 'video/mp4', ...more },
});
const begin = (more?: object) =>
  service.request('POST', `/beta/me/outlook/tasks/${task}/attachments/createUploadSession`, newUpload(more));

/** The path of the upload session, which identifies no sender. */
const at = (answer: TestResponse) => new URL(String(answer.body['uploadUrl'])).pathname;
const bare = { Authorization: '', 'Content-Type': 'application/octet-stream' };
const send = (path: string, start: number, text: string, total = size) =>
  service.request('PUT', path, text, {
    ...bare,
    'Content-Range': `bytes ${start}-${start + text.length - 1}/${total}`,
  });
const state = (path: string) => service.request('GET', path, undefined, bare);
const count = async (table: 'attachment_contents' | 'attachment_uploads' | 'attachments') =>
  (await service.database.db.selectFrom(table).selectAll().execute()).length;

test('signing out everywhere ends upload sessions, which need no token, and deletes their bytes', async () => {
  const path = at(await begin());
  expect((await send(path, 0, 'abc')).status).toBe(200);
  expect((await service.request('POST', '/threefold/v1/signout')).status).toBe(204);
  expect((await send(path, 3, 'def')).status).toBe(404);
  expect((await state(path)).status).toBe(404);
  expect([await count('attachment_uploads'), await count('attachment_contents')]).toEqual([0, 0]);
});

describe('an upload session', () => {
  test('in chunks', async () => {
    const session = await begin();
    expect(session.status).toBe(201);
    expect(session.body).toEqual({
      '@odata.context': 'http://localhost:4100/beta/$metadata#microsoft.graph.uploadSession',
      uploadUrl: expect.stringMatching(/^http:\/\/localhost:4100\/threefold\/v1\/uploads\/[\w-]{43}$/),
      expirationDateTime: '2026-03-25T12:30:00Z',
      nextExpectedRanges: ['0-'],
    });
    const path = at(session);
    const first = await send(path, 0, content.slice(0, 4));
    expect([first.status, first.body['nextExpectedRanges']]).toEqual([200, ['4-']]);
    expect((await state(path)).body['nextExpectedRanges']).toEqual(['4-']);
    expect((await service.send('GET', `/me/tasks('${task}')/attachments/$count`)).text).toBe('0');
    const last = await send(path, 4, content.slice(4));
    expect([last.status, last.body['nextExpectedRanges']]).toEqual([201, []]);
    const made = new URL(String(last.headers.get('location')));
    const entity = await service.request('GET', made.pathname);
    expect(entity.body).toMatchObject({
      name: 'film.mp4',
      contentType: 'video/mp4',
      size,
      contentBytes: Buffer.from(content).toString('base64'),
    });
    expect((await service.send('GET', `/me/tasks('${task}')`)).body).toMatchObject({ HasAttachments: true });
    // A client that missed the response gets it again.
    const again = await send(path, 4, content.slice(4));
    expect([again.status, again.headers.get('location')]).toEqual([201, last.headers.get('location')]);
    expect((await state(path)).headers.get('location')).toBe(last.headers.get('location'));
    expect(await count('attachments')).toBe(1);
  });

  test('in the spelling of v2', async () => {
    const body = { AttachmentItem: { AttachmentType: 'File', Name: 'a', Size: 1 } };
    const session = await service.send('POST', `/me/tasks('${task}')/attachments/CreateUploadSession`, body);
    expect(session.body).toMatchObject({ NextExpectedRanges: ['0-'] });
    const done = await send(new URL(String(session.body['UploadUrl'])).pathname, 0, 'x', 1);
    expect(done.status).toBe(201);
    const made = new URL(String(done.headers.get('location')));
    expect((await service.request('GET', `${made.pathname}/$value`)).text).toBe('x');
    expect((await service.request('GET', made.pathname)).body).toMatchObject({ Name: 'a', Size: 1 });
  });

  test('of more than one stored chunk', async () => {
    const text = 'x'.repeat(chunkSize) + 'y'.repeat(chunkSize) + 'z'.repeat(77);
    const path = at(await begin({ size: text.length }));
    for (let from = 0; from < text.length; from += 200_000) {
      expect((await send(path, from, text.slice(from, from + 200_000), text.length)).status).toBeLessThan(202);
    }
    const made = (await service.send('GET', `/me/tasks('${task}')/attachments?$select=Id`)).body['value']?.[0];
    const value = await service.send('GET', `/me/tasks('${task}')/attachments('${String(made?.['Id'])}')/$value`);
    expect(value.text).toBe(text);
  });

  test('continues where it stopped, whatever is sent twice', async () => {
    const path = at(await begin());
    await send(path, 0, 'abcd');
    expect((await send(path, 0, 'abcd')).body['nextExpectedRanges']).toEqual(['4-']);
    expect((await send(path, 2, 'cdef')).body['nextExpectedRanges']).toEqual(['6-']);
    expect((await send(path, 6, 'ghij')).status).toBe(201);
  });

  test('two senders of one chunk store it once', async () => {
    const path = at(await begin());
    const answers = await Promise.all([send(path, 0, 'abcde'), send(path, 0, 'abcde')]);
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect((await send(path, 5, 'fghij')).status).toBe(201);
  });

  test('is completed by its last byte when the service stopped before the attachment was created', async () => {
    const path = at(await begin());
    await send(path, 0, 'abcdefghi');
    const upload = await service.database.db.selectFrom('attachment_uploads').selectAll().executeTakeFirstOrThrow();
    const piece = { content_id: upload.content_id ?? '', start: 9, bytes: Buffer.from('j') };
    await service.database.db.insertInto('attachment_chunks').values(piece).execute();
    await service.database.db.updateTable('attachment_uploads').set({ received: size }).execute();
    expect((await state(path)).body['nextExpectedRanges']).toEqual(['9-']);
    expect((await send(path, 9, 'j')).status).toBe(201);
  });
});

describe('rejected', () => {
  test.each([
    ['a missing range', {}, 400],
    ['another unit', { 'Content-Range': 'lines 0-3/10' }, 400],
    ['a gap', { 'Content-Range': 'bytes 1-4/10' }, 416],
    ['another size', { 'Content-Range': 'bytes 0-3/11' }, 416],
    ['beyond the end', { 'Content-Range': 'bytes 0-10/10' }, 416],
    ['backwards', { 'Content-Range': 'bytes 3-0/10' }, 416],
    ['a body that is too long', { 'Content-Range': 'bytes 0-1/10' }, 400],
  ])('%s', async (_, headers, status) => {
    const path = at(await begin());
    expect((await service.request('PUT', path, 'abcd', { ...bare, ...headers })).status).toBe(status);
  });

  test('an unknown path, and other methods', async () => {
    expect((await state('/threefold/v1/uploads/guess')).status).toBe(404);
    expect((await state('/threefold/v1/uploads/')).status).toBe(404);
    const path = at(await begin());
    const other = await service.request('POST', path, '{}', bare);
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'GET, PUT, DELETE']);
  });

  test('a task of another account, and a file that is too large', async () => {
    const url = `/beta/me/outlook/tasks/${task}/attachments/createUploadSession`;
    expect((await service.request('POST', url, newUpload(), { Authorization: 'Bearer bob' })).status).toBe(404);
    expect((await service.request('POST', url, newUpload(), { Authorization: 'Bearer ann-reads' })).status).toBe(403);
    const large = await begin({ size: 25 * 1024 * 1024 + 1 });
    expect([large.status, large.body['error']]).toMatchObject([413, { code: 'ErrorAttachmentSizeLimitExceeded' }]);
    expect((await begin({ size: 25 * 1024 * 1024 })).status).toBe(201);
  });
});

describe('nothing is left stored', () => {
  test('by a cancelled session', async () => {
    const path = at(await begin());
    await send(path, 0, 'abcd');
    expect((await service.request('DELETE', path, undefined, bare)).status).toBe(204);
    expect((await state(path)).status).toBe(404);
    expect([await count('attachment_contents'), await count('attachment_uploads')]).toEqual([0, 0]);
  });

  test('by an abandoned session', async () => {
    const path = at(await begin());
    await send(path, 0, 'abcd');
    service.clock.pass(29 * 60_000);
    await send(path, 4, 'ef');
    service.clock.pass(29 * 60_000);
    await deleteExpiredUploads(service.database.db, service.clock);
    expect((await state(path)).status).toBe(200);
    service.clock.pass(2 * 60_000);
    expect((await state(path)).status).toBe(404);
    await deleteExpiredUploads(service.database.db, service.clock);
    expect([await count('attachment_contents'), await count('attachment_uploads')]).toEqual([0, 0]);
  });

  test('except a finished attachment, which is kept when its session expires and deleted with its task', async () => {
    await send(at(await begin()), 0, content);
    service.clock.pass(25 * 60 * 60_000);
    await deleteExpiredUploads(service.database.db, service.clock);
    expect([await count('attachments'), await count('attachment_contents')]).toEqual([1, 1]);
    await service.request('POST', `/beta/me/outlook/tasks/${task}/permanentDelete`);
    expect(await count('attachment_contents')).toBe(0);
  });

  test('by a task that is purged meanwhile', async () => {
    const path = at(await begin());
    await send(path, 0, 'abcd');
    await service.request('POST', `/beta/me/outlook/tasks/${task}/permanentDelete`);
    expect((await send(path, 4, 'efghij')).status).toBe(404);
    expect([await count('attachment_contents'), await count('attachment_uploads')]).toEqual([0, 0]);
  });

  test('and a deleted task accepts no more chunks', async () => {
    const path = at(await begin());
    await service.send('DELETE', `/me/tasks('${task}')`);
    expect((await send(path, 0, content)).status).toBe(404);
    expect(await count('attachments')).toBe(0);
  });
});
