import { ApiError } from './apiError.ts';

/** So long may pass without anything from the server: before an answer begins, and between two pieces of it. Milliseconds. */
export const idleTimeoutMs = 30_000;
/** What is sent may go as slowly as this, in bytes a millisecond: a phone in a train. How far it has come cannot be seen. */
const slowestUpload = 8;

type Ask = {
  /** Bytes that are sent along: sending them is no silence. */
  size?: number;
  /** Of whoever asks. */
  signal?: AbortSignal | undefined;
  ms?: number;
};

/**
 * Waits for an answer as long as there is life in it: a large one on a slow line takes what it takes, and a server that has
 * gone silent is given up. The answer's body is watched as it is read.
 * @throws ApiError `offline` when the server was not reached or fell silent; reading the body then fails too.
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

/** Answers without a body. Chromium gives one of those that a service worker passed on an empty stream all the same. */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** The same answer, given up when it is waited for in vain. Whoever reads it slowly is in no hurry. */
function watched(response: Response, silence: AbortController, ms: number): Response {
  if (response.body === null || withoutBody.has(response.status)) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(out) {
        // Told from here: a race would hold every piece until the last has come.
        const timer = setTimeout(() => {
          out.error(new Error('The answer fell silent'));
          silence.abort();
          // It has failed, or fails with the request.
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
