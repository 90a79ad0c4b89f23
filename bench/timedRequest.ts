import http from 'node:http';
import { parseJson } from '../server/testing/json.ts';
import type { Json } from '../server/testing/json.ts';

/** A response with the times to its first and its last byte in milliseconds. */
export type TimedResponse = { ms: number; firstMs: number; bytes: number; json: Json | undefined };

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/**
 * One request over the single keep-alive connection.
 * @param body text, or chunks that are generated while they are sent.
 * @throws for any response that is no success.
 */
export function timedRequest(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
    keep = true,
  }: {
    method?: string;
    headers?: Record<string, string>;
    body?: string | AsyncIterable<Uint8Array>;
    /** Parses the body; otherwise it is counted and discarded. */
    keep?: boolean;
  } = {},
): Promise<TimedResponse> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const request = http.request(url, { agent, method, headers }, (response) => {
      let bytes = 0;
      let firstMs = 0;
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => {
        if (bytes === 0) firstMs = performance.now() - from;
        bytes += piece.length;
        if (keep) pieces.push(piece);
      });
      response.on('end', () => {
        const ms = performance.now() - from;
        const text = Buffer.concat(pieces).toString('utf8');
        if ((response.statusCode ?? 0) >= 300)
          return void reject(new Error(`${method} ${url}: ${response.statusCode} ${text}`));
        const isJson = /json/.test(response.headers['content-type'] ?? '');
        resolve({ ms, firstMs, bytes, json: keep && isJson ? parseJson(text) : undefined });
      });
    });
    request.on('error', reject);
    if (body === undefined || typeof body === 'string') return void request.end(body);
    void sendPieces(request, body).catch(reject);
  });
}

async function sendPieces(request: http.ClientRequest, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    if (!request.write(piece)) await new Promise((resolve) => request.once('drain', resolve));
  }
  request.end();
}
