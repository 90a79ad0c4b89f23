import { timedRequest } from './timedRequest.ts';
import type { BenchEnvironment } from './environment.ts';
import { freePort } from '../server/testing/testPort.ts';
import { runScript, startScript, stopScript } from './environment.ts';
import type { LoadRequest } from './loadGenerator.ts';
import { requestsPerSecond, responseSize } from './loadGenerator.ts';
import type { Measurement } from './measurements.ts';
import { atLeast, median, untargeted } from './measurements.ts';
import { listOf } from '../server/testing/json.ts';

const rounds = 5;

/** The service under load, each figure beside the maximum of this machine. Rounds are interleaved. */
export async function measureService(environment: BenchEnvironment): Promise<Measurement[]> {
  const address = 'load@example.com';
  await environment.addAccount(address);
  await environment.seed(address, 1_000, 0);
  const headers = { authorization: `Bearer ${await environment.token(address)}`, 'content-type': 'application/json' };
  const api = `${environment.url}/api/v2.0/me`;
  const list: LoadRequest = { url: `${api}/taskfolders('Tasks')/tasks?$top=100`, headers, expect: 200 };
  const port = String(await freePort());
  const plainServer = await startScript('bench/staticServer.ts', {
    PORT: port,
    BODY_BYTES: String(await responseSize(list)),
  });
  const ready: LoadRequest = { url: `http://127.0.0.1:${port}/list`, expect: 200 };
  const empty: LoadRequest = { url: `${api}/taskfolders('Tasks')/tasks?$top=0`, headers, expect: 200 };
  const create = (index: number): LoadRequest => ({
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
  // One uncounted round warms up both.
  await requestsPerSecond(() => list, 200);
  await requestsPerSecond(() => ready, 200);
  for (let round = 0; round < rounds; round += 1) {
    figures.ready.push(await requestsPerSecond(() => ready, 3_000));
    figures.list.push(await requestsPerSecond(() => list, 3_000));
    figures.raw.push(Number(await runScript('bench/rawCommits.ts', ['4000'])));
    figures.create.push(await requestsPerSecond(create, 4_000));
    const delta: LoadRequest = {
      url: await linkToNow(`${api}/taskfolders('Tasks')/tasks`, headers),
      headers,
      expect: 200,
    };
    await requestsPerSecond(() => delta, 200);
    await requestsPerSecond(() => empty, 200);
    figures.delta.push(await requestsPerSecond(() => delta, 4_000));
    figures.empty.push(await requestsPerSecond(() => empty, 4_000));
  }
  await stopScript(plainServer);
  const [lists, readies, creates, raws] = [
    median(figures.list),
    median(figures.ready),
    median(figures.create),
    median(figures.raw),
  ];
  const [deltas, empties] = [median(figures.delta), median(figures.empty)];
  return [
    untargeted('list 100 tasks', lists, '/s'),
    untargeted('a static body of that size', readies, '/s'),
    atLeast('list 100 ÷ static', lists / readies, 0.5),
    untargeted('create', creates, '/s'),
    untargeted('raw durable commits', raws, '/s'),
    atLeast('create ÷ raw commits', creates / raws, 0.5),
    untargeted('delta with nothing new', deltas, '/s'),
    untargeted('an empty authenticated answer', empties, '/s'),
    atLeast('delta ÷ empty', deltas / empties, 0.8),
  ];
}

/** Follows a delta query to its end and returns its last link. */
async function linkToNow(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const asking = { headers: { ...headers, prefer: 'odata.track-changes, odata.maxpagesize=1000' } };
  let at = url;
  for (;;) {
    const { json } = await timedRequest(at, asking);
    const link = json?.['@odata.nextLink'] ?? json?.['@odata.deltaLink'] ?? '';
    if (listOf(json?.['value']).length === 0) return link;
    at = link;
  }
}
