import { toJson, valuesOf, type Json } from '../testing/json.ts';
import { portOf } from '../testing/nodeStreams.ts';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  FileUpload,
  GraphError,
  LargeFileUploadTask,
  PageIterator,
  ResponseType,
  RetryHandlerOptions,
  UploadResult,
  type PageCollection,
} from '@microsoft/microsoft-graph-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCertificate } from '../testing/testCertificate.ts';
import { startService, type Service } from '../testing/testService.ts';

/**
 * Microsoft's client from npm against the beta dialect. It sends its token over TLS only (docs/protocol.md#headers).
 */

let server: Server;
let service: Service;
let client: Client;
let root: string;

const trusted = getCACertificates('default');
const certificate = createCertificate();
beforeAll(() => setDefaultCACertificates([...trusted, certificate.cert]));
afterAll(() => setDefaultCACertificates(trusted));

async function start(rateLimit = 0): Promise<void> {
  server = createServer(certificate);
  server.listen(0, 'localhost');
  await once(server, 'listening');
  root = `https://localhost:${portOf(server)}`;
  service = await startService({ publicUrl: root, rateLimit });
  const answer = getRequestListener(service.fetch);
  server.on('request', (request, response) => void answer(request, response));
  client = clientOf('ann');
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  server.close();
  await service.close();
}

function clientOf(bearer: string): Client {
  return Client.initWithMiddleware({
    baseUrl: root,
    defaultVersion: 'beta',
    customHosts: new Set(['localhost']),
    authProvider: { getAccessToken: async () => bearer },
  });
}

beforeEach(() => start());
afterEach(stop);

const tasks = '/me/outlook/tasks';
/** The client types its responses as any. */
const entity = async (sent: Promise<unknown>): Promise<Json> => toJson(await sent);
const page = async (sent: Promise<unknown>): Promise<PageCollection & { count?: number }> => {
  const body = toJson(await sent);
  const nextLink = body['@odata.nextLink'];
  return {
    value: [...valuesOf(body)],
    ...(nextLink !== undefined && { '@odata.nextLink': nextLink }),
    count: Number(body['@odata.count']),
  };
};
const make = (subject: string, more: object = {}): Promise<Json> =>
  entity(client.api(tasks).post({ subject, ...more }));
const subjects = ({ value }: PageCollection) => value.map((one: Json) => one['subject']);

async function errorOf(sent: Promise<unknown>): Promise<GraphError> {
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof GraphError) return error;
  throw new Error('The client was to throw a GraphError.', { cause: error });
}

describe('lists', () => {
  test('PageIterator goes through all pages, and stops and resumes', async () => {
    for (let n = 0; n < 23; n += 1) await make(`task ${n}`);
    const first = await page(client.api(tasks).top(5).select('subject').get());
    expect(first['@odata.nextLink']).toMatch(/^https:\/\/localhost:/);
    const seen: unknown[] = [];
    const pages = new PageIterator(client, first, (one: Json) => seen.push(one['subject']) !== 12);
    await pages.iterate();
    expect([seen.length, pages.isComplete()]).toEqual([12, false]);
    await pages.resume();
    expect(pages.isComplete()).toBe(true);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, n) => `task ${n}`));
  });

  test('filter, orderby, select, skip, top and count', async () => {
    for (const [subject, importance] of [
      ['pears', 'high'],
      ['apples', 'high'],
      ['plums', 'low'],
      ["grocer's list", 'high'],
    ] as const) {
      await make(subject, { importance });
    }
    const query = () => client.api(tasks).filter("importance eq 'high'").orderby('subject').select(['id', 'subject']);
    const all = await page(query().count(true).get());
    expect([all.count, subjects(all)]).toEqual([3, ['apples', "grocer's list", 'pears']]);
    expect(Object.keys(all.value[0] ?? {})).toEqual(['@odata.etag', 'id', 'subject']);
    expect(subjects(await page(query().top(1).skip(1).get()))).toEqual(["grocer's list"]);
    expect(await client.api(tasks).filter("subject eq 'grocer''s list'").get()).toMatchObject({
      value: [{ subject: "grocer's list" }],
    });
    expect(await client.api(`${tasks}/$count`).responseType(ResponseType.TEXT).get()).toBe('4');
  });
});

describe('a task', () => {
  test('is created, changed, completed and read in a zone', async () => {
    const day = { dateTime: '2026-03-27T09:00:00', timeZone: 'Eastern Standard Time' };
    const made = await make('Shop', { dueDateTime: day });
    const changed = await entity(client.api(`${tasks}/${made.id}`).patch({ subject: 'Shop for dinner' }));
    expect(changed).toMatchObject({ id: made.id, subject: 'Shop for dinner', dueDateTime: { timeZone: 'UTC' } });
    const done = await page(client.api(`${tasks}/${made.id}/complete`).post(null));
    expect(done.value).toMatchObject([{ id: made.id, status: 'completed' }]);
    const seen = await client
      .api(`${tasks}/${made.id}`)
      .header('Prefer', 'outlook.timezone="Eastern Standard Time"')
      .get();
    expect(seen).toMatchObject({ dueDateTime: { dateTime: '2026-03-27T00:00:00.0000000' } });
  });

  test('is permanently deleted, by its own path and below its folder', async () => {
    const one = await make('one');
    await client.api(`${tasks}/${one.id}/permanentDelete`).post(null);
    expect((await errorOf(client.api(`${tasks}/${one.id}`).get())).statusCode).toBe(404);
    const group = await entity(client.api('/me/outlook/taskGroups').post({ name: 'Leisure' }));
    const folders = `/me/outlook/taskGroups/${group.id}/taskFolders`;
    const folder = await entity(client.api(folders).post({ name: 'Cooking' }));
    const other = await entity(client.api(`${folders}/${folder.id}/tasks`).post({ subject: 'other' }));
    await client.api(`${folders}/${folder.id}/tasks/${other.id}/permanentDelete`).post({});
    expect((await errorOf(client.api(`${tasks}/${other.id}`).get())).code).toBe('ErrorItemNotFound');
    await client.api(`/me/outlook/taskFolders/${folder.id}`).delete();
    expect(await page(client.api('/me/outlook/taskFolders').get())).toMatchObject({
      value: [{ name: 'Tasks' }],
    });
  });
});

test('a batch with parts that depend on each other, and one that fails', async () => {
  const request = (path: string, init?: RequestInit) => new Request(`https://graph.microsoft.com${path}`, init);
  const body = JSON.stringify({ subject: 'from a batch' });
  const headers = { 'Content-Type': 'application/json' };
  const content = new BatchRequestContent([
    { id: 'make', request: request(tasks, { method: 'POST', headers, body }) },
    { id: 'list', request: request(`${tasks}?$select=subject`), dependsOn: ['make'] },
    { id: 'missing', request: request(`${tasks}/AAAAAAAAAAAAAAAAAAAAAAAA`), dependsOn: ['make'] },
  ]);
  const answers = new BatchResponseContent(await client.api('/$batch').post(await content.getContent()));
  expect(answers.getResponseById('make').status).toBe(201);
  expect(await answers.getResponseById('list').json()).toMatchObject({ value: [{ subject: 'from a batch' }] });
  expect(answers.getResponseById('missing').status).toBe(404);
  expect(await answers.getResponseById('missing').json()).toMatchObject({ error: { code: 'ErrorItemNotFound' } });
});

describe('attachments', () => {
  test('in one request, read back as bytes', async () => {
    const { id } = await make('with a file');
    const place = `${tasks}/${id}/attachments`;
    const file = {
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'a.txt',
      contentBytes: 'bWFjIGFuZCBjaGVlc2U=',
    };
    const made = await entity(client.api(place).post(file));
    expect(made).toMatchObject({ name: 'a.txt', contentBytes: file.contentBytes });
    const bytes: ArrayBuffer = await client
      .api(`${place}/${made.id}/$value`)
      .responseType(ResponseType.ARRAYBUFFER)
      .get();
    expect(Buffer.from(bytes).toString()).toBe('mac and cheese');
    expect(await client.api(`${tasks}/${id}`).expand('attachments').get()).toMatchObject({
      hasAttachments: true,
      attachments: [{ id: made.id }],
    });
    await client.api(`${place}/${made.id}`).delete();
    expect(await client.api(place).get()).toMatchObject({ value: [] });
  });

  test('in chunks, by LargeFileUploadTask', async () => {
    const { id } = await make('with a film');
    const place = `${tasks}/${id}/attachments`;
    const bytes = Buffer.alloc(1_000_000, 'film ');
    const attachmentItem = { attachmentType: 'file', name: 'film.mp4', size: bytes.length, contentType: 'video/mp4' };
    const session = await LargeFileUploadTask.createUploadSession(client, `${place}/createUploadSession`, {
      attachmentItem,
    });
    const content = new Uint8Array(bytes).buffer;
    const upload = new LargeFileUploadTask(client, new FileUpload(content, 'film.mp4', bytes.length), session, {
      rangeSize: 327_680,
    });
    // Continues like a client that was interrupted after the first chunk.
    const range = upload.getNextRange();
    await upload.uploadSlice(content.slice(range.minValue, range.maxValue + 1), range, bytes.length);
    const resumed = await upload.resume();
    if (!(resumed instanceof UploadResult)) throw new Error('The upload has no result.');
    const stored = await entity(client.api(resumed.location).get());
    expect(stored).toMatchObject({ name: 'film.mp4', contentType: 'video/mp4', size: bytes.length });
    expect(Buffer.from(String(stored['contentBytes']), 'base64').equals(bytes)).toBe(true);
  });

  test('a cancelled upload', async () => {
    const { id } = await make('without a film');
    const place = `${tasks}/${id}/attachments`;
    const session = await LargeFileUploadTask.createUploadSession(client, `${place}/createUploadSession`, {
      attachmentItem: { attachmentType: 'file', name: 'film.mp4', size: 10 },
    });
    const file = new FileUpload(new ArrayBuffer(10), 'film.mp4', 10);
    await new LargeFileUploadTask(client, file, session).cancel();
    expect(session.isCancelled).toBe(true);
    expect(await client.api(place).get()).toMatchObject({ value: [] });
  });
});

describe('errors arrive as GraphError', () => {
  const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

  test.each([
    [
      'a task that does not exist',
      404,
      'ErrorItemNotFound',
      () => client.api(`${tasks}/AAAAAAAAAAAAAAAAAAAAAAAA`).get(),
    ],
    ['a malformed id', 400, 'ErrorInvalidIdMalformed', () => client.api(`${tasks}/!`).get()],
    ['an unknown member', 400, 'RequestBodyRead', () => client.api(tasks).post({ colour: 'red' })],
    ['an unknown segment', 404, 'ResourceNotFound', () => client.api('/me/outlook/nothing').get()],
    ['an unknown query option', 400, 'ErrorInvalidUrlQuery', () => client.api(`${tasks}?$nothing=1`).get()],
    ['nobody', 401, 'InvalidAuthenticationToken', () => clientOf('nobody').api(tasks).get()],
    [
      'a token without write scope',
      403,
      'ErrorAccessDenied',
      () => clientOf('ann-reads').api(tasks).post({ subject: 'no' }),
    ],
  ])('%s', async (_, statusCode, code, send) => {
    const error = await errorOf(send());
    expect([error.statusCode, error.code]).toEqual([statusCode, code]);
    expect(error.message).not.toBe('');
    expect(error.requestId).toMatch(guid);
    expect(error.headers?.get('request-id')).toBe(error.requestId);
  });

  test('for an outdated etag', async () => {
    const { id, '@odata.etag': etag } = await make('one');
    await client.api(`${tasks}/${id}`).header('If-Match', String(etag)).patch({ subject: 'two' });
    const error = await errorOf(
      client.api(`${tasks}/${id}`).header('If-Match', String(etag)).patch({ subject: 'three' }),
    );
    expect([error.statusCode, error.code]).toEqual([412, 'ErrorIrresolvableConflict']);
  });

  test('for too many requests', async () => {
    await stop();
    await start(2);
    await make('one');
    await make('two');
    const once = [new RetryHandlerOptions(0, 0)];
    const error = await errorOf(client.api(tasks).middlewareOptions(once).get());
    expect([error.statusCode, error.code]).toEqual([429, 'TooManyRequests']);
    expect(Number(error.headers?.get('retry-after'))).toBeGreaterThan(0);
  });
});
