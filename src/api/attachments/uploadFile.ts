import { maxFileSize } from '../../domain/task/attachment.ts';
import type { NewUpload } from '../../domain/task/attachment.ts';
import type { Place } from '../../domain/task/task.ts';
import { attachmentCodec } from '../../wire/outlook/attachmentCodec.ts';
import type { Dialect } from '../../wire/dialect.ts';
import { decodeUploadSession } from '../../wire/outlook/uploadSessionCodec.ts';
import { ApiError } from '../apiError.ts';
import { decodeResponse } from '../taskApi.ts';
import type { ProgressListener, BinaryTransfer } from './binaryTransfer.ts';
import type { SendRequest } from '../transport.ts';

export type UploadOptions = {
  /** Called after every piece. */
  onProgress?: ProgressListener;
  /** Aborting gives the upload up, at the service too. */
  signal?: AbortSignal;
  /** Hears the address of the upload, to go on with it after a reload. */
  onSession?: (url: string) => void;
  /** The address of an upload that was begun before. */
  resume?: string;
};

export type UploadOutcome =
  | { kind: 'done'; attachmentId: string }
  | { kind: 'cancelled' }
  /** The session to go on with has ended at the service; begin anew. */
  | { kind: 'expired' };

export type UploadDeps = {
  dialect: Dialect;
  send: SendRequest;
  transfer: BinaryTransfer;
  sleep: (ms: number) => Promise<void>;
};

/** Graph wants pieces of a multiple of 320 kB, below 4 MB. */
const pieceSize = 6 * 320 * 1024;
/** Failures in a row that are waited out; a piece that arrives starts the count again. */
const maxFailures = 5;

/**
 * Sends a file in pieces and resumes where the service says it stopped (docs/protocol.md#upload-sessions).
 * @throws ApiError when the service refuses or stays unreachable; the session can be resumed later.
 */
export async function uploadFile(
  { dialect, send, transfer, sleep }: UploadDeps,
  task: Place,
  file: { name: string; isInline?: boolean; content: Blob },
  { onProgress, signal, onSession, resume }: UploadOptions = {},
): Promise<UploadOutcome> {
  const { content } = file;
  const total = content.size;
  if (total > maxFileSize) throw new ApiError('refused', `A file may have ${maxFileSize} bytes.`, { status: 413 });
  const state = (json: unknown) => decodeResponse(() => decodeUploadSession(json, dialect.spelling));

  async function begin(): Promise<string> {
    const { name, isInline = false } = file;
    const asked: NewUpload = { name, size: total, contentType: content.type === '' ? null : content.type, isInline };
    const { json } = await send({
      method: 'POST',
      path: `${dialect.root}${dialect.paths.attachments(task)}/createUploadSession`,
      body: attachmentCodec(dialect.spelling).encodeUpload(asked),
      ...(signal === undefined ? {} : { signal }),
    });
    const { url } = state(json);
    if (url === undefined) throw new ApiError('broken', 'The server gave no address for the upload');
    onSession?.(url);
    return url;
  }

  /** Sends one piece, or asks where to go on. Undefined next means that it is done. */
  async function step(url: string, next: number | undefined) {
    const end = Math.min((next ?? 0) + pieceSize, total);
    const { json, location } = await transfer.atUpload(
      url,
      next === undefined
        ? { method: 'GET', ...(signal && { signal }) }
        : {
            method: 'PUT',
            bytes: content.slice(next, end),
            range: `bytes ${next}-${end - 1}/${total}`,
            ...(signal && { signal }),
          },
    );
    if (location !== undefined) return { attachmentId: idIn(location) };
    const at = state(json).next;
    if (at === null) throw new ApiError('broken', 'The server does not say where the attachment is');
    return { next: at };
  }

  /** Gives up at the service too; if that fails, the service forgets the upload by itself. */
  async function cancel(url: string | undefined): Promise<UploadOutcome> {
    if (url !== undefined) await transfer.atUpload(url, { method: 'DELETE' }).catch(() => {});
    return { kind: 'cancelled' };
  }

  const isStopped = () => signal?.aborted ?? false;
  let url = resume;
  let next: number | undefined = resume === undefined ? 0 : undefined;
  for (let failures = 0; ;) {
    if (isStopped()) return cancel(url);
    try {
      url ??= await begin();
      const answer = await step(url, next);
      failures = 0;
      if (answer.attachmentId !== undefined) {
        onProgress?.(total, total);
        return { kind: 'done', attachmentId: answer.attachmentId };
      }
      next = answer.next;
      onProgress?.(next, total);
    } catch (error) {
      if (isStopped()) return cancel(url);
      if (url === undefined || !(error instanceof ApiError)) throw error;
      if (error.kind === 'missing' && url === resume) return { kind: 'expired' };
      failures += 1;
      if (failures > maxFailures || !mayPass(error)) throw error;
      await sleep(error.retryAfter ?? 500 * 2 ** (failures - 1));
      // Whatever happened to the piece: the service knows how much it has.
      next = undefined;
    }
  }
}

/** The network, a service that is busy or starting again, and pieces that crossed (409, 416). */
function mayPass({ kind, status }: ApiError): boolean {
  return (
    kind === 'offline' || kind === 'busy' || (status !== undefined && (status >= 500 || [409, 416].includes(status)))
  );
}

/** The last key of an address, in either spelling: `…/attachments/id`, `…/Attachments('id')`. */
function idIn(location: string): string {
  const segment = new URL(location, 'http://x').pathname.split('/').findLast((part) => part !== '') ?? '';
  const key = segment.endsWith("')") ? segment.slice(segment.indexOf("('") + 2, -2) : segment;
  if (key === '') throw new ApiError('broken', 'The server does not say where the attachment is');
  return decodeURIComponent(key);
}
