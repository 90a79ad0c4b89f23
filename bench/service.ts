import type { House } from './house.ts';
import { freePort, run, start, stop } from './house.ts';
import type { Call } from './load.ts';
import { rate, sizeOf } from './load.ts';
import type { Row } from './measure.ts';
import { atLeast, median, plain } from './measure.ts';

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
  const create = (index: number): Call => ({
    url: `${api}/tasks`,
    method: 'POST',
    headers,
    body: JSON.stringify({ Subject: `Load ${index}` }),
    expect: 201,
  });
  const figures = { list: [] as number[], ready: [] as number[], create: [] as number[], raw: [] as number[] };
  // One round to warm both up, not counted.
  await rate(() => list, 200);
  await rate(() => ready, 200);
  for (let round = 0; round < rounds; round += 1) {
    figures.ready.push(await rate(() => ready, 3_000));
    figures.list.push(await rate(() => list, 3_000));
    figures.raw.push(Number(await run('bench/rawCommits.ts', ['4000'])));
    figures.create.push(await rate(create, 4_000));
  }
  await stop(plainServer);
  const [lists, readies, creates, raws] = [
    median(figures.list),
    median(figures.ready),
    median(figures.create),
    median(figures.raw),
  ];
  return [
    plain('list 100 tasks', lists, '/s'),
    plain('a static body of that size', readies, '/s'),
    atLeast('list 100 ÷ static', lists / readies, 0.5),
    plain('create', creates, '/s'),
    plain('raw durable commits', raws, '/s'),
    atLeast('create ÷ raw commits', creates / raws, 0.5),
  ];
}
