import { ApiError } from './apiError.ts';

/** The longest time without data from the server: before a response begins, and between two chunks. Milliseconds. */
export const idleTimeoutMs = 30_000;
/** The slowest accepted upload in bytes a millisecond, as on a phone in a train: its progress cannot be observed. */
const slowestUpload = 8;

type Ask = {
  /** Bytes of the request body, whose sending extends the time. */
  size?: number;
  /** The caller's signal. */
  signal?: AbortSignal | undefined;
  ms?: number;
};

/**
 * Waits for a response while data arrives: a large response on a slow line may take any time, a stalled server is given
 * up. The body is watched while it is read.
 * @throws ApiError `offline` when the server was not reached or stalled; reading the body then fails, too.
 */
export async function withIdleTimeout(
  ask: (signal: AbortSignal) => Response | Promise<Response>,
  { size = 0, signal, ms = idleTimeoutMs }: Ask = {},
): Promise<Response> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), ms + size / slowestUpload);
  try {
    const either = signal === undefined ? silence.signal : AbortSignal.any([silence.signal, signal]);
    return watched(await ask(either), silence, ms);
  } catch (cause) {
    throw new ApiError(
      'offline',
      silence.signal.aborted ? 'The server did not answer in time' : 'The server was not reached',
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Statuses without a body. Chromium provides an empty stream for those that a service worker passes on. */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** The same response, aborted when it stalls. A slow reader does not count as stalling. */
function watched(response: Response, silence: AbortController, ms: number): Response {
  if (response.body === null || withoutBody.has(response.status)) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(out) {
        // Cancelled from here: a `tee` or race would buffer every chunk.
        const timer = setTimeout(() => {
          out.error(new Error('The answer fell silent'));
          silence.abort();
          // It has failed already, or fails with the request.
          reader.cancel().catch(() => undefined);
        }, ms);
        try {
          const piece = await reader.read();
          if (silence.signal.aborted) return;
          if (piece.done) out.close();
          else out.enqueue(piece.value);
        } catch (error) {
          out.error(error);
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}
