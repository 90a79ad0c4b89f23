import http from 'node:http';
import { parseJson, listOf } from '../server/testing/json.ts';
import { startBenchEnvironment, startScript, stopScript, type BenchEnvironment } from './environment.ts';
import { atMost, median, percentile, untargeted, type Measurement } from './measurements.ts';

const accounts = 16;
const connectionsEach = 4;
const rounds = 3;
const roundMs = 12_000;
/** At an ordinary pace, each connection sends this often. Milliseconds. */
const pace = 250;

type Client = { api: string; headers: Record<string, string>; ids: readonly string[]; agent: http.Agent };

/**
 * What others notice of one account that sends everything that is slow (bench/attacker.ts), in a process of its own: at
 * full speed, where 64 connections keep the service busy, and at an ordinary pace.
 */
export async function measureAttacker(): Promise<Measurement[]> {
  const environment = await startBenchEnvironment({ RATE_LIMIT: '0' });
  try {
    return await measure(environment);
  } finally {
    await environment.close();
  }
}

async function measure(environment: BenchEnvironment): Promise<Measurement[]> {
  const clients: Client[] = [];
  for (let at = 0; at < accounts; at += 1) clients.push(await createClient(environment, at));
  const attacker = 'attacker@example.com';
  await environment.addAccount(attacker);
  await environment.seed(attacker, 20_000, 0);
  const TOKEN = await environment.token(attacker);
  const API = `${environment.url}/api/v2.0/me`;
  await load(clients, 3_000, 0);

  const figures = { full: [] as number[][], fullAttacked: [] as number[][] };
  const paced: number[][] = [];
  const pacedAttacked: number[][] = [];
  const memory: { before: number; most: number } = { before: environment.memory() ?? 0, most: 0 };
  const sampling = setInterval(() => (memory.most = Math.max(memory.most, environment.memory() ?? 0)), 200);
  const afterRounds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    figures.full.push(await load(clients, roundMs, 0));
    paced.push(await load(clients, roundMs, pace));
    const attack = await startScript('bench/attacker.ts', { API, TOKEN });
    figures.fullAttacked.push(await load(clients, roundMs, 0));
    pacedAttacked.push(await load(clients, roundMs, pace));
    await stopScript(attack);
    afterRounds.push((environment.memory() ?? 0) / 2 ** 20);
  }
  clearInterval(sampling);
  for (const { agent } of clients) agent.destroy();
  const p = (some: readonly number[][], at: number) => median(some.map((one) => percentile(one, at)));
  const perSecond = (some: readonly number[][]) => median(some.map((one) => (one.length / roundMs) * 1_000));
  return [
    untargeted('full speed: requests', perSecond(figures.full), '/s'),
    untargeted('full speed, attacked: requests', perSecond(figures.fullAttacked), '/s'),
    untargeted('full speed: p50', p(figures.full, 50), 'ms'),
    untargeted('full speed, attacked: p50', p(figures.fullAttacked, 50), 'ms'),
    untargeted('full speed: p99', p(figures.full, 99), 'ms'),
    untargeted('full speed, attacked: p99', p(figures.fullAttacked, 99), 'ms'),
    atMost('full speed: p99 attacked ÷ not', p(figures.fullAttacked, 99) / p(figures.full, 99), 2, ''),
    untargeted('ordinary pace: p99', p(paced, 99), 'ms'),
    untargeted('ordinary pace, attacked: p50', p(pacedAttacked, 50), 'ms'),
    atMost('ordinary pace, attacked: p99', p(pacedAttacked, 99), 250, 'ms'),
    untargeted('ordinary pace, attacked: longest', p(pacedAttacked, 100), 'ms'),
    untargeted('memory before', memory.before / 2 ** 20, 'MB'),
    untargeted('memory, most', memory.most / 2 ** 20, 'MB'),
    ...afterRounds.map((mb, at) => untargeted(`memory after attack ${at + 1}`, mb, 'MB')),
  ];
}

async function createClient(environment: BenchEnvironment, at: number): Promise<Client> {
  const address = `user${at}@example.com`;
  await environment.addAccount(address);
  await environment.seed(address, 200, 0);
  const headers = { authorization: `Bearer ${await environment.token(address)}`, 'content-type': 'application/json' };
  const agent = new http.Agent({ keepAlive: true, maxSockets: connectionsEach });
  const client = { api: `${environment.url}/api/v2.0/me`, headers, ids: [], agent };
  const { text } = await send(client, '/tasks?$select=Id&$top=100');
  return { ...client, ids: listOf(parseJson(text)['value']).map(({ Id }) => String(Id)) };
}

/** The times of all answers, in milliseconds. @param every the pace of a connection; 0 for as fast as answers come. */
async function load(clients: readonly Client[], ms: number, every: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + ms;
  const connection = async (client: Client, lane: number) => {
    for (let index = lane * 31; performance.now() < end; index += 1) {
      const from = performance.now();
      await mixed(client, index);
      const took = performance.now() - from;
      times.push(took);
      if (every > took) await new Promise((resolve) => setTimeout(resolve, every - took));
    }
  };
  const lanes = clients.flatMap((client) => Array.from({ length: connectionsEach }, (_, at) => connection(client, at)));
  await Promise.all(lanes);
  return times;
}

/** Reads and writes as the app sends them. */
function mixed(client: Client, index: number) {
  const id = client.ids[index % client.ids.length] ?? '';
  switch (index % 10) {
    case 0:
    case 1:
    case 2:
      return send(client, "/taskfolders('Tasks')/tasks?$top=50");
    case 3:
    case 4:
    case 5:
      return send(client, `/tasks('${id}')`);
    case 6:
    case 7:
      return send(client, `/tasks('${id}')`, 'PATCH', { Subject: `Changed ${index}` });
    case 8:
      return send(client, '/tasks', 'POST', { Subject: `New ${index}` });
    default:
      return send(client, '/taskfolders');
  }
}

function send({ api, headers, agent }: Client, path: string, method = 'GET', body?: object): Promise<{ text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(api + path, { agent, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        const { statusCode = 0 } = response;
        if (statusCode < 300) resolve({ text });
        else reject(new Error(`${method} ${path}: ${statusCode} ${text}`));
      });
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
