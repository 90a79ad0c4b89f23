import { AsyncLocalStorage } from 'node:async_hooks';
import { waitForTurn } from '../load/fairShare.ts';
import { contentTag, formTag, isNotModified } from './conditionalRead.ts';
import { reply, type HonoContext } from './http.ts';

export type BodyPieces = AsyncGenerator<string | Uint8Array<ArrayBuffer>>;

/** Answers up to this size are buffered, so that a failure is still an error with a status. Bytes. */
const wholeUpTo = 512 * 1024;

/**
 * Streams an answer piece by piece, each after the one before was sent. A short one gets an ETag unless `headers` have one.
 * @param estimate of its size in bytes.
 */
export async function sendStreamedBody(
  c: HonoContext,
  pieces: BodyPieces,
  { status, estimate, headers }: { status: number; estimate: number; headers: Readonly<Record<string, string>> },
): Promise<Response> {
  if (status === 200 && isNotModified(c.req, headers['ETag'])) return reply(c, null, status, headers);
  if (estimate > wholeUpTo) return reply(c, streamOf(pieces), status, headers);
  const buffered: Uint8Array[] = [];
  for await (const piece of pieces) {
    buffered.push(bytesOf(piece));
    await waitForTurn();
  }
  const body = Buffer.concat(buffered);
  const etag = headers['ETag'] ?? formTag(c.req, contentTag(body));
  return reply(c, body, status, { ...headers, ETag: etag });
}

function streamOf(pieces: BodyPieces): ReadableStream<Uint8Array<ArrayBuffer>> {
  // The stream is read outside the request's own promises.
  const inRequest = AsyncLocalStorage.snapshot();
  const next = async () => {
    await waitForTurn();
    return pieces.next();
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await inRequest(next);
        if (done === true) controller.close();
        else controller.enqueue(bytesOf(value));
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

function bytesOf(piece: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
}
