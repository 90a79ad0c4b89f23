import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../../server/config/config.ts';
import { openMigrated } from '../../../server/db/openMigrated.ts';
import { createAccount } from '../../../server/identity/accounts.ts';
import { createNewId } from '../../../server/config/ids.ts';
import { freePort } from '../../../server/testing/testPort.ts';
import { systemClock } from '../../../src/domain/time/time.ts';

const root = path.resolve(import.meta.dirname, '../../..');

export type TestAccount = { address: string; name: string; password: string };

/** One real service on a port and a data directory of its own, serving the built app. */
export type ServiceProcess = {
  url: string;
  /** As `account -- add` does, without a process for each account. */
  addAccount(person: TestAccount): Promise<void>;
  /** `token -- create`: a personal access token that may do everything its owner may. */
  addToken(address: string): Promise<string>;
  /** Kills the process. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Stops it for good and removes its data. */
  close(): Promise<void>;
};

/**
 * Starts a service; `env` adds settings, if needed from its URL. Its output is shown only when it does not start.
 * `home` is another copy of the project with its own build.
 */
export async function startServiceProcess(
  env: Record<string, string> | ((url: string) => Record<string, string>) = {},
  home = root,
): Promise<ServiceProcess> {
  const port = await freePort();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'threefold-e2e-'));
  const url = `http://localhost:${port}`;
  const own = { DATABASE_URL: '', PORT: String(port), DATA_DIR: dataDir, PUBLIC_URL: url };
  const settings = { ...process.env, ...own, ...(typeof env === 'function' ? env(url) : env) };
  let running: ChildProcess | undefined;

  async function start() {
    const child = spawn(process.execPath, ['server/main.ts'], { cwd: home, env: settings });
    running = child;
    let output = '';
    const isReady = new Promise<void>((resolve, reject) => {
      function onOutput(chunk: Buffer) {
        output = (output + chunk.toString()).slice(-10_000);
        if (output.includes('Threefold is ready at')) resolve();
      }
      child.stdout.on('data', onOutput);
      child.stderr.on('data', onOutput);
      child.once('error', reject);
      child.once('close', () => reject(new Error(`The service did not start.\n${output}`)));
    });
    await isReady;
  }
  async function kill(signal: NodeJS.Signals = 'SIGKILL') {
    const child = running;
    running = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** The output of a command of the service, without its final line break. */
  async function command(name: string, args: readonly string[]): Promise<string> {
    const running = spawn(process.execPath, [`server/cli/${name}.ts`, ...args], { cwd: root, env: settings });
    let [answer, output] = ['', ''];
    running.stdout.on('data', (chunk: Buffer) => void (answer += chunk.toString()));
    running.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    await once(running, 'close');
    if (running.exitCode !== 0) throw new Error(`"${name}" failed.\n${answer}${output}`);
    return answer.trim();
  }

  await start();
  const clock = systemClock(() => Date.now());
  const newId = createNewId(clock);
  return {
    url,
    start,
    kill: () => kill(),
    async addAccount(person) {
      // Closed at once: a killed service must be the only one with its database open.
      const database = await openMigrated(readConfig(settings));
      try {
        const made = await createAccount(database.db, person, clock, newId);
        if (!made.ok) throw new Error(`There is no account ${person.address}: ${JSON.stringify(made.problems)}`);
      } finally {
        await database.close();
      }
    },
    addToken: (address) => command('token', ['create', address, '--scope', 'tasks.readwrite.shared']),
    async close() {
      await kill('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
