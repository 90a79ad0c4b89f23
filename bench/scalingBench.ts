import type { BenchEnvironment } from './environment.ts';
import { startBenchEnvironment, runScript } from './environment.ts';
import type { Measurement } from './measurements.ts';
import { atMost, median } from './measurements.ts';
import { timedRequest, type TimedResponse } from './timedRequest.ts';
import { listOf } from '../server/testing/json.ts';

const sizes = [1_000, 10_000, 100_000] as const;
const rounds = 40;
/** The largest ratio of times that counts as independent of the size, on a machine with other load. */
const limit = 2;

type BenchMailbox = {
  /** Sends one request, timed. */
  send(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<TimedResponse>;
  /** The ids of some tasks. */
  ids: readonly string[];
  /** The delta link of its folder. */
  link: string;
};

const list = "/api/v2.0/me/taskfolders('Tasks')/tasks";
const tasks = '/api/v2.0/me/tasks';
const tracking = { prefer: 'odata.track-changes, odata.maxpagesize=1000' };

/** Typical requests of the app and of scripts, by name. `n` differs each time, so that no response is cached. */
const calls: Readonly<Record<string, (box: BenchMailbox, n: number) => Promise<TimedResponse>>> = {
  'list 100': (box, n) => box.send('GET', `${list}?$top=100&n=${n}`),
  'list 100 in a zone': (box, n) =>
    box.send('GET', `${list}?$top=100&n=${n}`, undefined, { prefer: 'outlook.timezone="Pacific Standard Time"' }),
  '$filter that few pass': (box, n) => box.send('GET', `${tasks}?$filter=Subject eq 'nothing'&n=${n}`),
  '$filter that many pass': (box, n) => box.send('GET', `${list}?$filter=Status ne 'Completed'&n=${n}`),
  '$orderby due': (box, n) => box.send('GET', `${list}?$orderby=DueDateTime desc&n=${n}`),
  'one task': (box, n) => box.send('GET', `${tasks}('${idOf(box, n)}')`),
  create: (box, n) => box.send('POST', tasks, { Subject: `Load ${n}` }),
  patch: (box, n) => box.send('PATCH', `${tasks}('${idOf(box, n)}')`, { Subject: `Load ${n}` }),
  complete: (box, n) => box.send('POST', `${tasks}('${idOf(box, n)}')/complete`),
  'delta, nothing new': async (box) => {
    await follow(box);
    return box.send('GET', box.link, undefined, tracking);
  },
  'delta, one change': async (box, n) => {
    await follow(box);
    await box.send('PATCH', `${tasks}('${idOf(box, n)}')`, { Subject: `Load ${n} again` });
    return box.send('GET', box.link, undefined, tracking);
  },
  'search, few found': (box) => box.send('GET', '/threefold/v1/search?q=zebra'),
  folders: (box) => box.send('GET', '/api/v2.0/me/taskfolders?$top=100'),
};

/** Measures each request in mailboxes of three sizes, in turn with one of the smallest size among a thousand others. */
export async function measureScaling(environment: BenchEnvironment): Promise<Measurement[]> {
  const boxes: BenchMailbox[] = [];
  for (const size of sizes) boxes.push(await openBox(environment, size));
  const crowdedEnvironment = await startBenchEnvironment();
  try {
    await runScript('bench/createMailboxes.ts', ['1000'], { env: crowdedEnvironment.env });
    boxes.push(await openBox(crowdedEnvironment, sizes[0]));
    const rows: Measurement[] = [];
    for (const [name, call] of Object.entries(calls)) {
      const [small = 1, middle = 1, large = 1, crowded = 1] = await timesOf(call, boxes);
      const shown = [small, middle, large].map((ms) => ms.toFixed(2)).join(' → ');
      rows.push(atMost(`${name}: ${shown} ms`, large / small, limit, ''));
      rows.push(atMost(`${name}: with 1,000 mailboxes`, crowded / small, limit, ''));
    }
    return rows;
  } finally {
    await crowdedEnvironment.close();
  }
}

async function openBox(environment: BenchEnvironment, size: number): Promise<BenchMailbox> {
  const address = `box${size}@example.com`;
  await environment.addAccount(address);
  await environment.seed(address, size, 0);
  const token = await environment.token(address);
  const send: BenchMailbox['send'] = (method, path, body, headers = {}) =>
    timedRequest(new URL(path.replaceAll(' ', '%20'), environment.url).href, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  await send('POST', tasks, { Subject: 'Look at the zebra' });
  const { json } = await send('GET', `${list}?$top=1000&$select=Subject`);
  const first = await send('GET', list, undefined, tracking);
  const box = { send, ids: listOf(json?.['value']).map((task) => String(task['Id'])), link: linkOf(first) };
  await follow(box);
  return box;
}

/**
 * The median time in milliseconds of one request in each mailbox. The mailboxes take turns, so that other load affects
 * all alike.
 */
async function timesOf(
  call: (box: BenchMailbox, n: number) => Promise<TimedResponse>,
  boxes: readonly BenchMailbox[],
): Promise<number[]> {
  const times: number[][] = boxes.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, box] of boxes.entries()) {
      next += 1;
      times[at]?.push((await call(box, next)).ms);
    }
  }
  return times.map((each) => median(each));
}

let next = 0;

/** Reads the delta query to its end. */
async function follow(box: BenchMailbox): Promise<void> {
  for (;;) {
    const answer = await box.send('GET', box.link, undefined, tracking);
    box.link = linkOf(answer);
    if (listOf(answer.json?.['value']).length === 0) return;
  }
}

const linkOf = ({ json }: TimedResponse): string => json?.['@odata.nextLink'] ?? json?.['@odata.deltaLink'] ?? '';

const idOf = ({ ids }: BenchMailbox, n: number) => ids[n % ids.length] ?? '';
