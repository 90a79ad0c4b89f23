import http from 'node:http';

export type LoadRequest = {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  expect: number;
};

function send(agent: http.Agent, { url, method = 'GET', headers = {}, body, expect }: LoadRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent, method, headers }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => (bytes += piece.length));
      response.on('end', () =>
        response.statusCode === expect
          ? resolve(bytes)
          : reject(new Error(`${method} ${url} answered ${response.statusCode}`)),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/**
 * Sends `total` requests over `connections` keep-alive connections; returns requests a second. Any unexpected status
 * throws.
 */
export async function requestsPerSecond(
  makeCall: (index: number) => LoadRequest,
  total: number,
  connections = 16,
): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < total; index = next++) await send(agent, makeCall(index));
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - from) / 1_000;
  agent.destroy();
  return total / seconds;
}

/** Body size of one response in bytes. */
export async function responseSize(call: LoadRequest): Promise<number> {
  const agent = new http.Agent();
  const bytes = await send(agent, call);
  agent.destroy();
  return bytes;
}
