import { ask } from './timedRequest.ts';
import type { House } from './environment.ts';
import { freePort } from '../server/testing/testPort.ts';
import { run, start, stop } from './environment.ts';
import type { Call } from './loadGenerator.ts';
import { rate, sizeOf } from './loadGenerator.ts';
import type { Row } from './measurements.ts';
import { atLeast, median, plain } from './measurements.ts';

const rounds = 5;

/** The service under load, each figure beside what the machine can do at most. Rounds are interleaved. */
export async function measureService(house: House): Promise<Row[]> {
  const address = 'load@example.com';
  await house.addAccount(address);
  await house.seed(address, 1_000, 0);
  const headers = { authorization: `Bearer ${await house.token(address)}`, 'content-type': 'application/json' };
  const api = `${house.url}/api/v2.0/me`;
  const list: Call = { url: `${api}/taskfolders('Tasks')/tasks?$top=100`, headers, expect: 200 };
  const port = String(await freePort());
  const plainServer = await start('bench/staticServer.ts', { PORT: port, BODY_BYTES: String(await sizeOf(list)) });
  const ready: Call = { url: `http://127.0.0.1:${port}/list`, expect: 200 };
  const empty: Call = { url: `${api}/taskfolders('Tasks')/tasks?$top=0`, headers, expect: 200 };
  const create = (index: number): Call => ({
    url: `${api}/tasks`,
    method: 'POST',
    headers,
    body: JSON.stringify({ Subject: `Load ${index}` }),
    expect: 201,
  });
  const figures: Record<'list' | 'ready' | 'create' | 'raw' | 'delta' | 'empty', number[]> = {
    list: [],
    ready: [],
    create: [],
    raw: [],
    delta: [],
    empty: [],
  };
  // One round to warm both up, not counted.
  await rate(() => list, 200);
  await rate(() => ready, 200);
  for (let round = 0; round < rounds; round += 1) {
    figures.ready.push(await rate(() => ready, 3_000));
    figures.list.push(await rate(() => list, 3_000));
    figures.raw.push(Number(await run('bench/rawCommits.ts', ['4000'])));
    figures.create.push(await rate(create, 4_000));
    const delta: Call = { url: await linkToNow(`${api}/taskfolders('Tasks')/tasks`, headers), headers, expect: 200 };
    await rate(() => delta, 200);
    await rate(() => empty, 200);
    figures.delta.push(await rate(() => delta, 4_000));
    figures.empty.push(await rate(() => empty, 4_000));
  }
  await stop(plainServer);
  const [lists, readies, creates, raws] = [
    median(figures.list),
    median(figures.ready),
    median(figures.create),
    median(figures.raw),
  ];
  const [deltas, empties] = [median(figures.delta), median(figures.empty)];
  return [
    plain('list 100 tasks', lists, '/s'),
    plain('a static body of that size', readies, '/s'),
    atLeast('list 100 ÷ static', lists / readies, 0.5),
    plain('create', creates, '/s'),
    plain('raw durable commits', raws, '/s'),
    atLeast('create ÷ raw commits', creates / raws, 0.5),
    plain('delta with nothing new', deltas, '/s'),
    plain('an empty authenticated answer', empties, '/s'),
    atLeast('delta ÷ empty', deltas / empties, 0.8),
  ];
}

/** Follows the change feed of a list to its end: the link that has nothing to tell. */
async function linkToNow(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const asking = { headers: { ...headers, prefer: 'odata.track-changes, odata.maxpagesize=1000' } };
  let at = url;
  for (;;) {
    const { json } = await ask(at, asking);
    const page = json as { value: readonly unknown[]; '@odata.nextLink'?: string; '@odata.deltaLink'?: string };
    const link = page['@odata.nextLink'] ?? page['@odata.deltaLink'] ?? '';
    if (page.value.length === 0) return link;
    at = link;
  }
}
