import type { RequestContext } from '../http/requestContext.ts';
import type { AttachmentRow } from '../db/attachmentTables.ts';
import { AppError } from '../config/appError.ts';
import { contentTag } from '../http/conditionalRead.ts';
import { reply } from '../http/http.ts';
import { readContent, readItem } from './contentChunks.ts';
import { serializeItem } from './items/itemSerialization.ts';
import { sendStreamedBody } from '../http/streamBody.ts';

/**
 * Sends the content of one attachment: a file's bytes or an item as a file; a reference has none. Untrusted content is
 * always a download of a type that browsers do not execute, sandboxed in case one displays it anyway.
 */
export async function sendRawContent(context: RequestContext, row: AttachmentRow): Promise<Response> {
  const { c, read } = context;
  if (row.content_id === null) {
    throw new AppError(405, 'ErrorInvalidOperation', 'A reference attachment has no content.', { Allow: '' });
  }
  if (row.kind === 'item') {
    const item = await readItem(read, row.content_id, row.size);
    const { bytes, type, extension } = await serializeItem(item, row);
    return reply(c, bytes, 200, {
      ...downloadHeaders(withExtension(row.name, extension), type),
      ETag: contentTag(bytes),
    });
  }
  const headers = downloadHeaders(row.name, safeType(row.content_type));
  return sendStreamedBody(c, readContent(read, row.content_id, row.size), {
    status: 200,
    estimate: row.size,
    // The content of an attachment never changes.
    headers: { ...headers, 'Content-Length': String(row.size), ETag: `W/"${row.id}"` },
  });
}

function downloadHeaders(name: string, type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Disposition': `attachment; ${fileName(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  };
}

/** Types that a browser executes, or can be made to execute. */
const active = /html|xml|svg|script|ecma|json|x-shockwave|java|wasm|multipart|message/i;

/** The declared type without parameters, if it is valid and harmless. */
function safeType(type: string | null): string {
  const [, bare = ''] = /^\s*([\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100})\s*(?:;|$)/.exec(type ?? '') ?? [];
  return bare === '' || active.test(bare) ? 'application/octet-stream' : bare.toLowerCase();
}

/** Both forms of RFC 6266: ASCII for old clients, UTF-8 for the others. */
function fileName(name: string): string {
  const bare = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').replaceAll(/[/\\]/g, '_') || 'attachment';
  const plain = bare.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
  const coded = encodeURIComponent(bare).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${coded}`;
}

function withExtension(name: string, extension: string): string {
  return name.toLowerCase().endsWith(extension) ? name : name + extension;
}
