import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { idleTimeoutMs, withIdleTimeout } from './idleTimeout.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An answer whose pieces come one at a time, so far apart; then it ends, or hangs. */
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
/** As fetch does: it rejects when its signal fires. */
const never = (signal: AbortSignal) =>
  new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

it('an answer may take as long as it likes, while pieces of it come', async () => {
  const pieces = ['a', 'b', 'c', 'd'];
  const response = await withIdleTimeout(() => answer(pieces, idleTimeoutMs - 1));
  expect([response.status, response.headers.get('etag')]).toEqual([201, '1']);
  const text = outcome(response.text());
  await vi.advanceTimersByTimeAsync(5 * idleTimeoutMs);
  expect(await text).toBe('abcd');
  expect(vi.getTimerCount()).toBe(0);
});

it('an answer that falls silent is given up, its request too', async () => {
  let given: AbortSignal | undefined;
  const response = await withIdleTimeout((signal) => ((given = signal), answer(['a'], 1, true)));
  const text = outcome(response.text());
  await vi.advanceTimersByTimeAsync(idleTimeoutMs - 1);
  expect(given?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  expect(await text).toBe('The answer fell silent');
  expect(given?.aborted).toBe(true);
});

it('what an answer hangs on is let go of, too, when it is given up', async () => {
  const cancel = vi.fn();
  const silent = new Response(new ReadableStream({ cancel, pull: () => new Promise<void>(() => {}) }));
  const text = outcome((await withIdleTimeout(() => silent)).text());
  await vi.advanceTimersByTimeAsync(idleTimeoutMs);
  expect(await text).toBe('The answer fell silent');
  expect(cancel).toHaveBeenCalledOnce();
});

it('a server that does not answer is given up, later when there was much to send', async () => {
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

it('whoever asked may give it up, and may throw an answer away', async () => {
  const stop = new AbortController();
  const asked = outcome(withIdleTimeout(never, { signal: stop.signal }));
  stop.abort();
  expect(await asked).toBe('The server was not reached');
  const response = await withIdleTimeout(() => answer(['a'], 1));
  await response.body?.cancel();
  expect(vi.getTimerCount()).toBe(0);
});

it('an answer without a body is that answer, even where the browser says that there is one', async () => {
  const answer = new Response(null, { status: 204 });
  Object.defineProperty(answer, 'body', { value: new ReadableStream() });
  expect(await withIdleTimeout(() => answer)).toBe(answer);
});
