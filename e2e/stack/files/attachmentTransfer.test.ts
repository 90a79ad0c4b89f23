import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAttachmentApi } from '../../../src/api/attachments/attachmentApi.ts';
import { inlineLimit } from '../../../src/domain/task/attachment.ts';
import { createBinaryTransfer } from '../../../src/api/attachments/binaryTransfer.ts';
import { createTransport } from '../../../src/api/transport.ts';
import { uploadFile, type UploadOptions } from '../../../src/api/attachments/uploadFile.ts';
import type { Place } from '../../../src/domain/task/task.ts';
import { graphBeta, outlookRest } from '../../../src/wire/outlook/outlookDialects.ts';
import { createTestBed } from '../testBed.ts';
import { createTestNetwork } from '../testNetwork.ts';
import { toJson } from '../../../server/testing/json.ts';

let testBed: Awaited<ReturnType<typeof createTestBed>>;
let network: ReturnType<typeof createTestNetwork>;
let task: Place;
let key: string;
let sleepTimes: number[];

function client(dialect = outlookRest) {
  const options = {
    base: '',
    fetch: network.fetch,
    getToken: () => Promise.resolve(key),
    sleep: (ms: number) => Promise.resolve(void sleepTimes.push(ms)),
    newId: () => randomUUID(),
    clock: testBed.time,
  };
  const send = createTransport(options);
  const transfer = createBinaryTransfer(options);
  const api = createAttachmentApi(dialect, send, transfer);
  const upload = (content: Blob, more?: UploadOptions, name = 'film.mp4') =>
    uploadFile({ dialect, send, transfer, sleep: options.sleep }, task, { name, content }, more);
  return { api, upload, send };
}

beforeEach(async () => {
  testBed = await createTestBed();
  network = createTestNetwork(testBed.app);
  sleepTimes = [];
  key = await testBed.account();
  const { send } = client();
  const { json } = await send({ method: 'POST', path: '/api/v2.0/me/tasks', body: { Subject: 'Film' } });
  task = { mailbox: 'me', id: String(toJson(json)['Id']) };
});
afterEach(() => testBed.close());

/** Non-repeating bytes, so that a lost or duplicated one is noticed. */
function film(size: number): Blob {
  const words = new Uint32Array(Math.ceil(size / 4)).map((_, at) => at * 2_654_435_761);
  return new Blob([new Uint8Array(words.buffer, 0, size)], { type: 'video/mp4' });
}
async function same(a: Blob, b: Blob): Promise<boolean> {
  return Buffer.from(await a.arrayBuffer()).equals(Buffer.from(await b.arrayBuffer()));
}
const file = {
  kind: 'file',
  contentType: 'text/plain',
  isInline: false,
  contentId: null,
  contentLocation: null,
} as const;
const puts = () => network.requests.filter((line) => line.startsWith('PUT')).length;

describe.each([outlookRest, graphBeta])('attachments in $name', (dialect) => {
  it('are added, listed without their bytes, downloaded and removed', async () => {
    const { api } = client(dialect);
    const content = film(70_000);
    const made = await api.addAttachment(task, { ...file, name: 'naïve.txt' }, { content });
    expect(made).toMatchObject({ kind: 'file', name: 'naïve.txt', size: 70_000, contentType: 'text/plain' });
    const link = await api.addAttachment(task, {
      kind: 'reference',
      name: 'Plan',
      isInline: false,
      sourceUrl: 'https://example.com/plan',
      providerType: 'dropbox',
      thumbnailUrl: null,
      previewUrl: null,
      permission: 'view',
      isFolder: false,
    });
    expect(await api.attachments(task)).toEqual([made, link]);
    expect(await api.attachment(task, link.id)).toEqual(link);
    const progress: number[] = [];
    const bytes = await api.downloadAttachment(task, made.id, { onProgress: (done) => progress.push(done) });
    expect(await same(bytes, content)).toBe(true);
    expect([bytes.type, progress.at(-1)]).toEqual(['text/plain', 70_000]);
    await expect(api.downloadAttachment(task, link.id)).rejects.toMatchObject({ kind: 'refused', status: 405 });
    await api.removeAttachment(task, made.id);
    expect(await api.attachments(task)).toEqual([link]);
    await expect(api.removeAttachment(task, made.id)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('of more than three megabytes are uploaded in pieces', async () => {
    const { api, upload } = client(dialect);
    const content = film(inlineLimit * 2 + 77);
    const progress: number[] = [];
    const outcome = await upload(content, { onProgress: (done) => progress.push(done) });
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    expect(await same(await api.downloadAttachment(task, outcome.attachmentId), content)).toBe(true);
    expect(progress).toEqual([...progress].toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(content.size);
    expect([progress.length, puts()]).toEqual([4, 4]);
    expect(await api.attachments(task)).toMatchObject([
      { id: outcome.attachmentId, name: 'film.mp4', size: content.size },
    ]);
  });
});

describe('an upload', () => {
  const content = film(inlineLimit * 2);

  it('resumes after the last received byte when an answer is lost', async () => {
    const { api, upload } = client();
    network.loseAnswer(/^PUT/);
    const outcome = await upload(content);
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    expect(await same(await api.downloadAttachment(task, outcome.attachmentId), content)).toBe(true);
    expect([puts(), sleepTimes]).toEqual([4, [500]]);
  });

  it('completes exactly once when the last answer is lost', async () => {
    const { api, upload } = client();
    let done = 0;
    const onProgress = (size: number) => {
      done = size;
      if (content.size - done < 1_000_000 && done < content.size) network.loseAnswer(/^PUT/);
    };
    expect(await upload(content, { onProgress })).toMatchObject({ kind: 'done' });
    expect(await api.attachments(task)).toHaveLength(1);
  });

  it('waits for the Retry-After time while the service is busy', async () => {
    network.answer(/^PUT/, () => new Response(null, { status: 503, headers: { 'Retry-After': '7' } }));
    expect(await client().upload(content)).toMatchObject({ kind: 'done' });
    expect(sleepTimes).toEqual([7_000]);
  });

  it('fails after a long time offline, and resumes after a reload', async () => {
    const { api, upload } = client();
    let url = '';
    const onProgress = () => (network.isOnline = false);
    const broken = upload(content, { onSession: (sessionUrl) => (url = sessionUrl), onProgress });
    await expect(broken).rejects.toMatchObject({ kind: 'offline' });
    expect(sleepTimes).toHaveLength(5);
    network.isOnline = true;
    const before = puts();
    const outcome = await upload(content, { resume: url });
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    expect(puts() - before).toBe(3);
    expect(await same(await api.downloadAttachment(task, outcome.attachmentId), content)).toBe(true);
    expect(await upload(content, { resume: url })).toEqual(outcome);
  });

  it('leaves nothing on the service when it is cancelled', async () => {
    const { api, upload } = client();
    const stop = new AbortController();
    let url = '';
    const options = {
      signal: stop.signal,
      onSession: (sessionUrl: string) => (url = sessionUrl),
      onProgress: () => stop.abort(),
    };
    expect(await upload(content, options)).toEqual({ kind: 'cancelled' });
    expect(await api.attachments(task)).toEqual([]);
    expect(await upload(content, { resume: url })).toEqual({ kind: 'expired' });
  });

  it('reports a rejection, and does not start when the file is too large', async () => {
    const { upload } = client();
    const requestCount = network.requests.length;
    await expect(upload(film(25 * 1024 * 1024 + 1))).rejects.toMatchObject({ kind: 'refused', status: 413 });
    expect(network.requests).toHaveLength(requestCount);
    task = { mailbox: 'me', id: 'nobody' };
    await expect(upload(content)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('sends no token with its pieces', async () => {
    const seen: (string | null)[] = [];
    const { fetch } = network;
    network.fetch = (input, init) => {
      if (init.method === 'PUT') seen.push(new Headers(init.headers).get('authorization'));
      return fetch(input, init);
    };
    await client().upload(content);
    expect(new Set(seen)).toEqual(new Set([null]));
  });
});

describe('a download', () => {
  it('is not saved when the connection breaks', async () => {
    const { api } = client();
    const made = await api.addAttachment(task, { ...file, name: 'a' }, { content: film(100) });
    const half = () => new Response('half', { headers: { 'Content-Length': '100' } });
    network.answer(/\$value/, half);
    await expect(api.downloadAttachment(task, made.id)).rejects.toMatchObject({ kind: 'offline' });
  });

  it('renews an expired token', async () => {
    const { api } = client();
    const made = await api.addAttachment(task, { ...file, name: 'a' }, { content: film(100) });
    network.answer(/\$value/, () => new Response(null, { status: 401 }));
    expect((await api.downloadAttachment(task, made.id)).size).toBe(100);
  });
});
