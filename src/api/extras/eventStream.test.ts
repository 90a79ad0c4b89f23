import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemClock } from '../../domain/time/time.ts';
import { ApiError } from '../apiError.ts';
import { createEventStreamApi, type MailboxEvent } from './eventStream.ts';

/** All events that a stream of these chunks reports. */
async function listenTo(pieces: Iterable<Uint8Array<ArrayBuffer>>) {
  const events: MailboxEvent[] = [];
  let signs = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const api = createEventStreamApi({
    base: 'https://service.example',
    fetch: () => Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } })),
    getToken: () => Promise.resolve('token'),
    newId: () => 'id',
    clock: systemClock(() => 0),
  });
  await api.listen({
    after: undefined,
    onEvent: (event) => events.push(event),
    onSign: () => (signs += 1),
    signal: new AbortController().signal,
  });
  return { events, signs };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const hello = 'event: hello\nid: 7\ndata: {"seq":7}\n\n';
const change = 'event: change\ndata: {"seq":8,\ndata: "folders":["Größe"],"structure":false}\n\n';
const events: readonly MailboxEvent[] = [
  { kind: 'hello', seq: 7 },
  { kind: 'change', seq: 8, folders: ['Größe'], structure: false },
];

test('a stream may be divided anywhere, also inside a character, with any line breaks of the format', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(200), { maxLength: 12 }),
      async (end, cuts) => {
        const bytes = bytesOf((hello + ': keep-alive\n\n' + change).replaceAll('\n', end));
        const edges = [0, ...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length];
        const pieces = edges.slice(1).map((to, at) => bytes.slice(edges[at], to));
        expect(await listenTo(pieces)).toEqual({ events, signs: 3 });
      },
    ),
  );
});

test('unknown events and fields only count as signs of life', async () => {
  expect(await listenTo([bytesOf(`event: later\nflavour: new\ndata: {}\n\n${hello}`)])).toEqual({
    events: events.slice(0, 1),
    signs: 2,
  });
});

test('an unreadable or endless event ends the stream as broken', async () => {
  const broken = ['event: hello\ndata: {"seq"\n\n', 'event: hello\ndata: {}\n\n', `data: ${'x'.repeat(1_000_001)}`];
  for (const text of broken) {
    const error: unknown = await listenTo([bytesOf(text)]).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ kind: 'broken' });
  }
});

/** An API whose server answers with these statuses in turn; each stream ends at once. Records the requests. */
function apiAnswering(statuses: readonly number[], fresh = 'fresh') {
  const asked: { url: string; headers: Headers }[] = [];
  const left = [...statuses];
  const api = createEventStreamApi({
    base: 'https://service.example',
    fetch(url, init) {
      asked.push({ url, headers: new Headers(init.headers) });
      const status = left.shift() ?? 200;
      return Promise.resolve(new Response(hello, { status, headers: { 'content-type': 'text/event-stream' } }));
    },
    getToken: ({ refresh }) => Promise.resolve(refresh ? fresh : 'old'),
    newId: () => 'id',
    clock: systemClock(() => 0),
  });
  const listen = (after?: number) =>
    api.listen({ after, onEvent: () => {}, onSign: () => {}, signal: new AbortController().signal });
  return { asked, listen };
}
const tokens = (asked: readonly { headers: Headers }[]) => asked.map(({ headers }) => headers.get('authorization'));

test('a stream that is refused with 401 is asked for once more, with a fresh token', async () => {
  const { asked, listen } = apiAnswering([401]);
  await listen(7);
  expect(tokens(asked)).toEqual(['Bearer old', 'Bearer fresh']);
  expect(asked.map(({ headers }) => headers.get('last-event-id'))).toEqual(['7', '7']);
  expect(asked[0]?.url).toBe('https://service.example/threefold/v1/events');
});

test('a second 401 ends the stream, and other refusals are not tried again', async () => {
  const twice = apiAnswering([401, 401]);
  await expect(twice.listen()).rejects.toMatchObject({ kind: 'signIn' });
  expect(tokens(twice.asked)).toEqual(['Bearer old', 'Bearer fresh']);
  expect(twice.asked[0]?.headers.has('last-event-id')).toBe(false);
  const busy = apiAnswering([503]);
  await expect(busy.listen()).rejects.toMatchObject({ kind: 'busy', status: 503 });
  expect(busy.asked).toHaveLength(1);
});
