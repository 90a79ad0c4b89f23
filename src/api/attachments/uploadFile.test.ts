import { expect, test } from 'vitest';
import { maxFileSize } from '../../domain/task/attachment.ts';
import { graphBeta, outlookRest } from '../../wire/outlook/outlookDialects.ts';
import { ApiError } from '../apiError.ts';
import type { UploadRequest, UploadResponse } from './binaryTransfer.ts';
import { uploadFile } from './uploadFile.ts';
import type { UploadOptions } from './uploadFile.ts';

const pieceSize = 6 * 320 * 1024;
const task = { mailbox: 'me', id: 't' };
const session = 'https://files.example/session';
const finished = `${session}/attachments('a')`;
const offline = () => new ApiError('offline', 'No network');

/** What the service answers when it has so many bytes. */
const expects = (next: number): UploadResponse => ({
  json: { UploadUrl: session, ExpirationDateTime: '2026-03-19T09:00:00Z', NextExpectedRanges: [`${next}-`] },
});

/** Uploads a file of so many pieces; the service gives these answers in order, and the last one again and again. */
async function upload(pieces: number, answers: readonly (UploadResponse | Error)[], options: UploadOptions = {}) {
  const asked: string[] = [];
  const waits: number[] = [];
  const left = [...answers];
  let sessions = 0;
  const content = new Blob([new Uint8Array(pieces * pieceSize)]);
  const outcome = await uploadFile(
    {
      dialect: outlookRest,
      send: () => {
        sessions += 1;
        return Promise.resolve({ json: expects(0).json, repeats: false });
      },
      transfer: {
        download: () => Promise.reject(new Error('Nothing is downloaded here')),
        atUpload(_url: string, request: UploadRequest) {
          asked.push(request.method === 'PUT' ? request.range : request.method);
          const answer = left.length > 1 ? left.shift() : left[0];
          return answer instanceof Error || answer === undefined
            ? Promise.reject(answer ?? offline())
            : Promise.resolve(answer);
        },
      },
      sleep: (ms) => Promise.resolve(void waits.push(ms)),
    },
    task,
    { name: 'a.bin', content },
    options,
  ).catch((error: unknown) => error);
  return { outcome, asked, waits, sessions };
}

const done: UploadResponse = { json: null, location: finished };

test('a file goes in pieces, and its progress is told after each', async () => {
  const progress: number[] = [];
  const { outcome, asked, sessions } = await upload(2, [expects(pieceSize), done], {
    onProgress: (sent) => progress.push(sent),
  });
  expect(outcome).toEqual({ kind: 'done', attachmentId: 'a' });
  expect(asked).toEqual([
    `bytes 0-${pieceSize - 1}/${2 * pieceSize}`,
    `bytes ${pieceSize}-${2 * pieceSize - 1}/${2 * pieceSize}`,
  ]);
  expect(progress).toEqual([pieceSize, 2 * pieceSize]);
  expect(sessions).toBe(1);
});

test('failures between pieces that arrive do not add up', async () => {
  // Before each of eight pieces one request fails, and the next asks how much has arrived.
  const answers = Array.from({ length: 8 }, (_, at) => [
    offline(),
    expects(at * pieceSize),
    expects((at + 1) * pieceSize),
  ]);
  const { outcome, waits } = await upload(8, [...answers.flat().slice(0, -1), done]);
  expect(outcome).toEqual({ kind: 'done', attachmentId: 'a' });
  expect(waits).toEqual(Array.from({ length: 8 }, () => 500));
});

test('after five failures in a row the sixth is reported, with longer waits between them', async () => {
  const { outcome, asked, waits } = await upload(1, [offline()]);
  expect(outcome).toMatchObject({ kind: 'offline' });
  expect(asked).toHaveLength(6);
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
});

test.each([409, 416, 500, 503])('status %i is tried again, from where the service has it', async (status) => {
  const failure = new ApiError(status === 503 ? 'busy' : 'broken', 'Later', { status, retryAfter: 7 });
  const { outcome, asked, waits } = await upload(1, [failure, expects(0), done]);
  expect(outcome).toEqual({ kind: 'done', attachmentId: 'a' });
  expect(asked.map((one) => one.slice(0, 5))).toEqual(['bytes', 'GET', 'bytes']);
  expect(waits).toEqual([7]);
});

test.each([400, 413])('status %i is not tried again', async (status) => {
  const { outcome, asked } = await upload(1, [new ApiError('refused', 'No', { status }), done]);
  expect(outcome).toMatchObject({ status });
  expect(asked).toHaveLength(1);
});

test('a session to resume is asked where to go on; one that has expired is said', async () => {
  const resumed = await upload(2, [expects(pieceSize), done], { resume: session });
  expect(resumed).toMatchObject({
    outcome: { kind: 'done' },
    asked: ['GET', `bytes ${pieceSize}-${2 * pieceSize - 1}/${2 * pieceSize}`],
    sessions: 0,
  });
  const gone = new ApiError('missing', 'Gone', { status: 404 });
  expect(await upload(1, [gone], { resume: session })).toMatchObject({ outcome: { kind: 'expired' }, sessions: 0 });
  expect((await upload(1, [gone])).outcome).toBe(gone);
});

test('an upload that is aborted is cancelled at the service', async () => {
  const stop = new AbortController();
  const { outcome, asked } = await upload(2, [expects(pieceSize)], {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  expect(outcome).toEqual({ kind: 'cancelled' });
  expect(asked.at(-1)).toBe('DELETE');
});

test.each([
  ['/api/v2.0/me/tasks/t/attachments/a%3D', 'a='],
  ["https://service.example/api/v2.0/me/tasks('t')/Attachments('it''s')", "it's"],
  ["/Attachments('a%3D')/", 'a='],
])('the id of the attachment at %s', async (location, attachmentId) => {
  expect((await upload(1, [{ json: null, location }])).outcome).toEqual({ kind: 'done', attachmentId });
});

test('a file that is too large is refused before anything is sent', async () => {
  const content = new Blob();
  Object.defineProperty(content, 'size', { value: maxFileSize + 1 });
  const never = () => Promise.reject(new Error('Nothing may be sent'));
  const sent = uploadFile(
    { dialect: graphBeta, send: never, transfer: { download: never, atUpload: never }, sleep: never },
    task,
    { name: 'a.bin', content },
  );
  await expect(sent).rejects.toMatchObject({ kind: 'refused', status: 413 });
});
