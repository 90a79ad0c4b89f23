import { backoffMs } from '../../domain/async/backoff.ts';
import { maxFileSize } from '../../domain/task/attachment.ts';
import type { NewUpload } from '../../domain/task/attachment.ts';
import type { Place } from '../../domain/task/task.ts';
import { attachmentCodec } from '../../wire/outlook/attachmentCodec.ts';
import type { Dialect } from '../../wire/dialect.ts';
import { decodeUploadSession } from '../../wire/outlook/uploadSessionCodec.ts';
import { ApiError } from '../apiError.ts';
import { decodeResponse } from '../taskApi.ts';
import type { ProgressListener, BinaryTransfer } from './binaryTransfer.ts';
import { requestBackoff } from '../transport.ts';
import type { SendRequest } from '../transport.ts';

export type UploadOptions = {
  /** Called after every chunk. */
  onProgress?: ProgressListener;
  /** Aborting cancels the upload, also at the service. */
  signal?: AbortSignal;
  /** Receives the URL of the session, for resuming after a reload. */
  onSession?: (url: string) => void;
  /** The URL of an upload session to resume. */
  resume?: string;
};

export type UploadOutcome =
  | { kind: 'done'; attachmentId: string }
  | { kind: 'cancelled' }
  /** The session to resume has expired at the service; start again. */
  | { kind: 'expired' };

export type UploadDeps = {
  dialect: Dialect;
  send: SendRequest;
  transfer: BinaryTransfer;
  sleep: (ms: number) => Promise<void>;
};

/** Graph requires chunks of a multiple of 320 kB, below 4 MB. */
const pieceSize = 6 * 320 * 1024;
/** Consecutive failures to retry; a successful chunk resets the count. */
const maxFailures = 5;

/**
 * Sends a file in chunks and resumes where the service stopped receiving (docs/protocol.md#upload-sessions).
 * @throws ApiError when the service rejects it or stays unreachable; the session can be resumed later.
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
    const request: NewUpload = { name, size: total, contentType: content.type === '' ? null : content.type, isInline };
    const { json } = await send({
      method: 'POST',
      path: `${dialect.root}${dialect.paths.attachments(task)}/createUploadSession`,
      body: attachmentCodec(dialect.spelling).encodeUpload(request),
      ...(signal === undefined ? {} : { signal }),
    });
    const { url } = state(json);
    if (url === undefined) throw new ApiError('broken', 'The server gave no address for the upload');
    onSession?.(url);
    return url;
  }

  /** Sends one chunk, or asks where to continue. `next` is undefined when all bytes are received. */
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

  /** Cancels the session at the service; if that fails, the session expires there. */
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
      if (failures > maxFailures || !isRetryable(error)) throw error;
      await sleep(error.retryAfter ?? backoffMs(requestBackoff, failures));
      // Whatever happened to the chunk, the service knows how much it has.
      next = undefined;
    }
  }
}

/** Whether a retry may succeed: network failures, a busy or restarting service, and overlapping chunks (409, 416). */
function isRetryable({ kind, status }: ApiError): boolean {
  if (status === 507) return false;
  return (
    kind === 'offline' || kind === 'busy' || (status !== undefined && (status >= 500 || [409, 416].includes(status)))
  );
}

/** The last key of a URL in either spelling: `…/attachments/id`, `…/Attachments('id')`. */
function idIn(location: string): string {
  const segment = new URL(location, 'http://x').pathname.split('/').findLast((part) => part !== '') ?? '';
  const key = segment.endsWith("')") ? segment.slice(segment.indexOf("('") + 2, -2) : segment;
  if (key === '') throw new ApiError('broken', 'The server does not say where the attachment is');
  return decodeURIComponent(key).replaceAll("''", "'");
}
