import type { Dialect } from '../../src/wire/dialect.ts';
import { readPrefer } from '../../src/wire/odata/preferHeader.ts';
import { isJsonType, type HonoContext } from './http.ts';
import { takeTurn, waitForTurn } from '../load/fairShare.ts';
import { metadataLevelOf, formatResponse, type ResponseFormat } from './responseFormat.ts';

/** Larger answers, which only attachment lists with bytes are, are sent unconverted. Bytes. */
const largest = 32 * 1024 * 1024;

/**
 * Converts an answer to the form that Accept and Prefer ask for. Handlers and SQLite write the usual form; others are
 * derived from it, at no cost to usual requests.
 */
export async function convertResponse(c: HonoContext, dialect: Dialect, response: Response): Promise<Response> {
  const metadata = metadataLevelOf(c.req.header('accept') ?? '');
  const shape: ResponseFormat = { metadata, ...bodyTypeIn(c) };
  if (shape.metadata === 'minimal' && shape.bodyType === undefined) return response;
  if (!isJsonType(response.headers.get('content-type') ?? '') || response.body === null) return response;
  if (response.status >= 300) return response;

  const { method } = c.req;
  const headers = new Headers(response.headers);
  const isPacked = headers.get('content-encoding') === 'gzip';
  headers.delete('content-encoding');
  headers.delete('content-length');
  if (method === 'HEAD') {
    // The length of the converted body is left out: only converting would tell it (RFC 9110 §9.3.2).
    await response.body.cancel();
    nameForm(headers, shape);
    return new Response(null, { status: response.status, headers });
  }
  const plain = isPacked ? response.body.pipeThrough(new DecompressionStream('gzip')) : response.body;
  const { pieces, rest } = await readSome(plain, largest);
  if (rest !== undefined) return new Response(joined(pieces, rest), { status: response.status, headers });

  // What a write has stored must not be answered as refused.
  await (method === 'GET' ? takeTurn() : waitForTurn());
  const pattern = (c.get('route') ?? '').toLowerCase();
  const json = await formatResponse(JSON.parse(Buffer.concat(pieces).toString('utf8')), pattern, shape, dialect);
  nameForm(headers, shape);
  return new Response(JSON.stringify(json), { status: response.status, headers });
}

function nameForm(headers: Headers, { metadata, bodyType }: ResponseFormat): void {
  headers.set('Content-Type', `application/json; odata.metadata=${metadata}; charset=utf-8`);
  if (bodyType === undefined) return;
  const others = headers.get('preference-applied');
  const own = `outlook.body-content-type="${bodyType}"`;
  headers.set('Preference-Applied', others === null ? own : `${others}, ${own}`);
}

function bodyTypeIn(c: HonoContext): Pick<ResponseFormat, 'bodyType'> {
  const header = c.req.header('prefer');
  if (header === undefined || !/body-content-type/i.test(header)) return {};
  const { bodyContentType } = readPrefer(header);
  return bodyContentType === undefined ? {} : { bodyType: bodyContentType };
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The part up to a limit, and the reader of the rest when there is more. */
async function readSome(
  stream: ReadableStream<Bytes>,
  limit: number,
): Promise<{ pieces: Bytes[]; rest?: ReadableStreamDefaultReader<Bytes> }> {
  const rest = stream.getReader();
  const pieces: Bytes[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await rest.read();
    if (done) return { pieces };
    pieces.push(value);
    size += value.byteLength;
    if (size > limit) return { pieces, rest };
  }
}

function joined(pieces: readonly Bytes[], rest: ReadableStreamDefaultReader<Bytes>): ReadableStream<Bytes> {
  const waiting = [...pieces];
  return new ReadableStream<Bytes>({
    async pull(controller) {
      const first = waiting.shift();
      const { done, value } = first === undefined ? await rest.read() : { done: false, value: first };
      if (done || value === undefined) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => rest.cancel(reason),
  });
}
