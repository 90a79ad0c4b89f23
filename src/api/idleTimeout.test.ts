import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { idleTimeoutMs, withIdleTimeout } from './idleTimeout.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A response whose chunks arrive at an interval; then it ends, or hangs. */
function answer(pieces: readonly string[], apartMs: number, hangs = false) {
  const left = [...pieces];
  const pull = (out: ReadableStreamDefaultController) => {
    const piece = left.shift();
    if (piece === undefined && hangs) return new Promise<void>(() => {});
    return new Promise<void>((resolve) => {
      setTimeout(() => {
        if (piece === undefined) out.close();
        else out.enqueue(new TextEncoder().encode(piece));
        resolve();
      }, apartMs);
    });
  };
  return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { status: 201, headers: { etag: '1' } });
}
const outcome = (work: Promise<unknown>) =>
  work.then(
    (value) => value,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
/** Rejects when its signal fires, as fetch does. */
const never = (signal: AbortSignal) =>
  new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

it('a response may take any time while its chunks arrive', async () => {
  const pieces = ['a', 'b', 'c', 'd'];
  const response = await withIdleTimeout(() => answer(pieces, idleTimeoutMs - 1));
  expect([response.status, response.headers.get('etag')]).toEqual([201, '1']);
  const text = outcome(response.text());
  await vi.advanceTimersByTimeAsync(5 * idleTimeoutMs);
  expect(await text).toBe('abcd');
  expect(vi.getTimerCount()).toBe(0);
});

it('a response that stalls is aborted, with its request', async () => {
  let given: AbortSignal | undefined;
  const response = await withIdleTimeout((signal) => ((given = signal), answer(['a'], 1, true)));
  const text = outcome(response.text());
  await vi.advanceTimersByTimeAsync(idleTimeoutMs - 1);
  expect(given?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  expect(await text).toBe('The answer fell silent');
  expect(given?.aborted).toBe(true);
});

it('the source of a stalled response is cancelled, too', async () => {
  const cancel = vi.fn();
  const silent = new Response(new ReadableStream({ cancel, pull: () => new Promise<void>(() => {}) }));
  const text = outcome((await withIdleTimeout(() => silent)).text());
  await vi.advanceTimersByTimeAsync(idleTimeoutMs);
  expect(await text).toBe('The answer fell silent');
  expect(cancel).toHaveBeenCalledOnce();
});

it('a server that does not respond is given up, later after a large request', async () => {
  const quiet = outcome(withIdleTimeout(never));
  const large = outcome(withIdleTimeout(never, { size: 2_000_000 }));
  let isLargeOver = false;
  void large.then(() => (isLargeOver = true));
  await vi.advanceTimersByTimeAsync(idleTimeoutMs);
  expect(await quiet).toBe('The server did not answer in time');
  await vi.advanceTimersByTimeAsync(200_000);
  expect(isLargeOver).toBe(false);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(await large).toBe('The server did not answer in time');
});

it('the caller can abort, and can discard the response', async () => {
  const stop = new AbortController();
  const asked = outcome(withIdleTimeout(never, { signal: stop.signal }));
  stop.abort();
  expect(await asked).toBe('The server was not reached');
  const response = await withIdleTimeout(() => answer(['a'], 1));
  await response.body?.cancel();
  expect(vi.getTimerCount()).toBe(0);
});

it('a response without a body has none, even where the browser provides an empty stream', async () => {
  const answer = new Response(null, { status: 204 });
  Object.defineProperty(answer, 'body', { value: new ReadableStream() });
  expect(await withIdleTimeout(() => answer)).toBe(answer);
});
