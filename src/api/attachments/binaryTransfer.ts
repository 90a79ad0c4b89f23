import { ApiError } from '../apiError.ts';
import { withIdleTimeout } from '../idleTimeout.ts';
import {
  resolveRequestUrl,
  errorFromResponse,
  requireToken,
  retryAfterMs,
  type TransportOptions,
} from '../transport.ts';

export type ProgressListener = (done: number, total: number) => void;
export type DownloadOptions = { signal?: AbortSignal; onProgress?: ProgressListener };

/** Transfers bytes of files in both directions. Throws ApiError only. */
export type BinaryTransfer = {
  /** @param path relative to the base. */
  download: (path: string, options?: DownloadOptions) => Promise<Blob>;
  /**
   * Sends a request to the URL of an upload session. It carries no token, because the URL may be on another host and is
   * a secret itself (docs/protocol.md#upload-sessions).
   */
  atUpload: (url: string, request: UploadRequest) => Promise<UploadResponse>;
};

export type UploadRequest =
  | { method: 'GET' | 'DELETE'; signal?: AbortSignal }
  | { method: 'PUT'; bytes: Blob; range: string; signal?: AbortSignal };

/** `location` is the URL of the finished attachment. */
export type UploadResponse = { json: unknown; location?: string };

export function createBinaryTransfer({ base, fetch, getToken, newId, clock }: TransportOptions): BinaryTransfer {
  const ask = (url: string, init: RequestInit, signal: AbortSignal | undefined, size = 0): Promise<Response> =>
    withIdleTimeout((either) => fetch(url, { ...init, credentials: 'omit', signal: either }), { size, signal });

  async function accepted(response: Response): Promise<Response> {
    if (response.ok) return response;
    throw await errorFromResponse(response, retryAfterMs(response, clock.now()));
  }

  return {
    async download(path, { signal, onProgress } = {}) {
      const get = async (refresh: boolean) => {
        const token = await requireToken(getToken, refresh);
        const headers = { Authorization: `Bearer ${token}`, 'client-request-id': newId() };
        return ask(resolveRequestUrl(path, base), { method: 'GET', headers }, signal);
      };
      const first = await get(false);
      const response = await accepted(first.status === 401 ? await get(true) : first);
      return readBlob(response, onProgress);
    },

    async atUpload(url, request) {
      const sent: RequestInit =
        request.method === 'PUT'
          ? { method: 'PUT', body: request.bytes, headers: { 'Content-Range': request.range } }
          : { method: request.method };
      const size = request.method === 'PUT' ? request.bytes.size : 0;
      const response = await accepted(await ask(url, sent, request.signal, size));
      const location = response.headers.get('location');
      return { json: await readJson(response), ...(location !== null && { location }) };
    },
  };
}

async function readBlob(response: Response, onProgress: ProgressListener | undefined): Promise<Blob> {
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  const total = Number(response.headers.get('content-length') ?? 0);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  try {
    const reader = response.body?.getReader();
    for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
      pieces.push(read.value);
      done += read.value.length;
      onProgress?.(done, Math.max(done, total));
    }
  } catch (cause) {
    throw new ApiError('offline', 'The download broke off', { cause });
  }
  if (total > done) throw new ApiError('offline', 'The download broke off');
  return new Blob(pieces, { type });
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch (cause) {
    const kind = cause instanceof SyntaxError ? 'broken' : 'offline';
    throw new ApiError(kind, 'The answer cannot be read', { status: response.status, cause });
  }
}
