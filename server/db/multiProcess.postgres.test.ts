import { exitCodeOf } from '../testing/nodeStreams.ts';
import { valuesOf, toJson, parseJson } from '../testing/json.ts';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { readDeltaPage } from '../../src/wire/odata/deltaPage.ts';
import { openDatabase, type Database } from './openDatabase.ts';
import { createAccount } from '../identity/accounts.ts';
import { createBrowser, password } from '../testing/testIdentity.ts';
import { createToken } from '../identity/personalTokens.ts';
import { createNewId } from '../config/ids.ts';
import { schemaUrl } from '../testing/testDatabase.ts';
import { freePort } from '../testing/testPort.ts';

/** Two service processes on one PostgreSQL behind one address (docs/architecture.md#the-service). */

const clock = systemClock(() => Date.now());
const newId = createNewId(clock);
let databaseUrl: string;
let publicUrl: string;
let ports: [number, number];
let database: Database;
let one: Started;
let two: Started;

type Started = { url: string; child: ReturnType<typeof spawn>; exit: Promise<number | null>; ready: Promise<void> };

beforeAll(async () => {
  databaseUrl = await schemaUrl('processes');
  ports = [await freePort(), await freePort()];
  publicUrl = `http://localhost:${ports[0]}`;
  // At the same time, on an empty schema: tables and keys are created once.
  one = start(ports[0]);
  two = start(ports[1]);
  await Promise.all([one.ready, two.ready]);
  database = openDatabase({ path: '', databaseUrl });
});
afterAll(async () => {
  for (const { child } of [one, two]) child.kill('SIGKILL');
  await database.close();
});

function start(port: number): Started {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH, DATABASE_URL: databaseUrl, DATA_DIR: '/nowhere', PORT: String(port), PUBLIC_URL: publicUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  const exit = exitCodeOf(child);
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (piece: Buffer) => piece.includes('is ready') && resolve());
    void exit.then(() => reject(new Error(err)));
  });
  ready.catch(() => {});
  return { url: `http://127.0.0.1:${port}`, child, exit, ready };
}

async function mailbox(name: string) {
  const made = await createAccount(database.db, { address: `${name}@example.com`, password }, clock, newId);
  if (!made.ok) throw new Error('The address is taken.');
  const input = { accountId: made.account.id, scope: 'tasks.readwrite', name: 'test', expiresAt: null } as const;
  const { token } = await createToken(database.db, input, clock);
  return async (at: Started, method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(path.startsWith('http') ? path : `${at.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, response };
  };
}
type Send = Awaited<ReturnType<typeof mailbox>>;

const json = async ({ response }: { response: Response }) => parseJson(await response.text());
const root = '/api/v2.0/me';

async function folder(send: Send, name: string): Promise<string> {
  return (await json(await send(one, 'POST', `${root}/taskfolders`, { Name: name })))['Id'] ?? '';
}

/** A client's copy of a folder's tasks; `at` chooses the process that serves each page. */
function createReader(send: Send, folderId: string, size: number, at: () => Started) {
  const tasks = new Map<string, string>();
  let link = `${root}/taskfolders('${folderId}')/tasks`;
  let isFirst = true;
  return {
    tasks,
    /** Reads one page. Returns whether the delta query is complete. */
    async read(): Promise<boolean> {
      const headers = { Prefer: `odata.track-changes, odata.maxpagesize=${size}` };
      const answer = await send(at(), 'GET', link, undefined, headers);
      expect(answer.status).toBe(200);
      const page = readDeltaPage(await json(answer), toJson);
      for (const entry of page.entries) {
        if (entry.kind === 'gone') tasks.delete(entry.id);
        else tasks.set(entry.value['Id'] ?? '', `${entry.value['Subject']} ${entry.value['ChangeKey']}`);
      }
      const next = new URL(page.deltaLink ?? page.nextLink ?? '');
      link = next.pathname + next.search;
      const isOver = !isFirst && page.deltaLink !== undefined;
      isFirst = false;
      return isOver;
    },
  };
}

async function listed(send: Send, folderId: string): Promise<Map<string, string>> {
  const body = await json(await send(two, 'GET', `${root}/taskfolders('${folderId}')/tasks?$top=1000`));
  const rows = valuesOf(body);
  return new Map(rows.map((row) => [row['Id'] ?? '', `${row['Subject']} ${row['ChangeKey']}`]));
}

test('readers through both processes miss no change of writers through both', async () => {
  const send = await mailbox('writers');
  const folders = [await folder(send, 'Here'), await folder(send, 'There')] as const;
  const [here, there] = folders;
  let turn = 0;
  const either = () => ((turn += 1) % 2 === 0 ? one : two);
  const readers = [() => one, () => two, either].flatMap((at, n) =>
    folders.map((id) => ({ id, ...createReader(send, id, 2 + n, at) })),
  );

  const unreachable = (): never => {
    throw new Error('The remainder is an index.');
  };
  const written = new AbortController();
  async function write(name: string, at: () => Started): Promise<void> {
    const mine: string[] = [];
    for (let n = 0; n < 25; n += 1) {
      const made = await send(at(), 'POST', `${root}/taskfolders('${here}')/tasks`, { Subject: `${name} ${n}` });
      expect(made.status).toBe(201);
      mine.push((await json(made))['Id'] ?? '');
      const old = mine[Math.floor(n / 2)] ?? '';
      const changes: readonly [string, string, object?][] = [
        ['PATCH', `${root}/tasks('${old}')`, { Subject: `${name} changed ${n}` }],
        ['POST', `/threefold/v1/tasks/${old}/move`, { DestinationId: n % 8 === 1 ? there : here }],
        ['DELETE', `${root}/tasks('${mine[n]}')`],
        ['POST', `${root}/tasks('${old}')/complete`],
      ];
      const [method, path, body] = changes[n % changes.length] ?? unreachable();
      expect((await send(at(), method, path, body)).status).toBeLessThan(500);
    }
  }
  async function follow(reader: (typeof readers)[number]): Promise<void> {
    while (!written.signal.aborted) await reader.read();
    while (!(await reader.read()));
    // Changes made during the last delta query.
    while (!(await reader.read()));
  }

  const following = readers.map(follow);
  await Promise.all([write('a', () => one), write('b', () => two), write('c', either)]).finally(() => written.abort());
  await Promise.all(following);
  for (const reader of readers) expect(reader.tasks).toEqual(await listed(send, reader.id));
  expect((await listed(send, there)).size).toBeGreaterThan(0);
});

test('an event stream of one process reports a write of the other', async () => {
  const send = await mailbox('listener');
  const id = await folder(send, 'Heard');
  const { response } = await send(one, 'GET', '/threefold/v1/events', undefined, { Accept: 'text/event-stream' });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let output = '';
  const until = async (words: string) => {
    while (!output.includes(words)) output += (await reader?.read())?.value ?? '';
  };
  await until('event: hello');
  expect((await send(two, 'POST', `${root}/taskfolders('${id}')/tasks`, { Subject: 'From the other' })).status).toBe(
    201,
  );
  await until(`"folders":["${id}"]`);
  expect(output).toContain('event: change');
  await reader?.cancel();
});

test('a sign-in at one process is valid at the other', async () => {
  const browser = createBrowser({ url: publicUrl });
  const { access_token: token } = await browser.signUp('walker@example.com');
  const list = (at: Started) =>
    fetch(`${at.url}${root}/taskfolders`, { headers: { Authorization: `Bearer ${token}` } });
  expect([(await list(one)).status, (await list(two)).status]).toEqual([200, 200]);
  const keys = await Promise.all([one, two].map(async ({ url }) => (await fetch(`${url}/oidc/jwks`)).text()));
  expect(keys[0]).toBe(keys[1]);
});

test('a repeated request is recognised by both', async () => {
  const send = await mailbox('repeater');
  const headers = {
    'Repeatability-Request-ID': '5942d1b2-aab6-4c5f-9a0f-1f0f30f6f5a1',
    'Repeatability-First-Sent': new Date().toUTCString(),
  };
  const post = (at: Started) => send(at, 'POST', `${root}/tasks`, { Subject: 'Once' }, headers);
  const ids = await Promise.all([post(one), post(two), post(one)].map(async (sent) => (await json(await sent))['Id']));
  expect(new Set(ids).size).toBe(1);
});

test('after one is killed in mid-write, its acknowledged writes are stored, the other continues, and it restarts', async () => {
  const send = await mailbox('survivor');
  const acknowledged: string[] = [];
  const killed = new Promise<void>((resolve) => {
    const writer = async (n: number): Promise<void> => {
      for (let at = 0; ; at += 1) {
        const made = await send(two, 'POST', `${root}/tasks`, { Subject: `${n} ${at}` })
          .then(json)
          .catch(() => undefined);
        if (made === undefined) return;
        acknowledged.push(made['Id'] ?? '');
        if (acknowledged.length === 40) two.child.kill('SIGKILL');
      }
    };
    void Promise.all([1, 2, 3, 4].map(writer)).then(() => resolve());
  });
  await killed;
  expect(await two.exit).toBeNull();
  // The killed process may have locked the mailbox; the database releases it when the connection ends.
  expect((await send(one, 'POST', `${root}/tasks`, { Subject: 'Goes on' })).status).toBe(201);
  for (const id of acknowledged) expect((await send(one, 'GET', `${root}/tasks('${id}')`)).status).toBe(200);
  two = start(ports[1]);
  await two.ready;
  expect((await send(two, 'GET', `${root}/tasks('${acknowledged.at(-1)}')`)).status).toBe(200);
});

test('on SIGTERM both finish their requests and exit', async () => {
  for (const { child } of [one, two]) child.kill('SIGTERM');
  expect(await Promise.all([one.exit, two.exit])).toEqual([0, 0]);
});
