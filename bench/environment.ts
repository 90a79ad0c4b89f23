import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../server/testing/testPort.ts';

export const root = path.dirname(import.meta.dirname);

/** Runs a TypeScript file to its end with this Node; resolves with its standard output, rejects with its standard error. */
export function runScript(
  file: string,
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string } = {},
) {
  return new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, file), ...args], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: '', ...options.env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`${file} ${args.join(' ')}: ${err}`))));
    child.stdin.end(options.input ?? '');
  });
}

/** Starts a TypeScript file and waits until it prints `ready`. */
export function startScript(file: string, env: Record<string, string>): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, file)], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    const onOutput = (piece: Buffer) => {
      if (/ready/.test(piece.toString())) {
        child.stdout.off('data', onOutput);
        child.stdout.resume();
        resolve(child);
      }
    };
    child.stdout.on('data', onOutput);
    child.stderr.on('data', (piece: Buffer) => (err = (err + piece.toString()).slice(-2_000)));
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready: ${err}`)));
  });
}

export async function stopScript(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

export type BenchEnvironment = {
  url: string;
  /** Environment of the service, for commands on the same data. */
  env: Record<string, string>;
  addAccount(address: string): Promise<void>;
  seed(address: string, tasks: number, folders: number): Promise<void>;
  token(address: string): Promise<string>;
  /** The current memory of the service in bytes; undefined where the system does not report it. */
  memory(): number | undefined;
  close(): Promise<void>;
};

export const password = 'bench bench bench';

/** A real service on a free port with its own data. Its limits of requests and CPU time are off by default. */
export async function startBenchEnvironment(
  limits: Record<string, string> = { RATE_LIMIT: '0', CPU_SECONDS: '0' },
): Promise<BenchEnvironment> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'threefold-bench-'));
  const port = String(await freePort());
  const env = { PORT: port, DATA_DIR: dataDir, PUBLIC_URL: `http://localhost:${port}`, ...limits };
  const service = await startScript('server/main.ts', env);
  return {
    url: `http://localhost:${port}`,
    env,
    addAccount: async (address) =>
      void (await runScript('server/cli/account.ts', ['add', address, '--password-stdin'], { env, input: password })),
    seed: async (address, tasks, folders) =>
      void (await runScript('server/cli/seed.ts', [address, '--tasks', String(tasks), '--folders', String(folders)], {
        env,
      })),
    token: async (address) => {
      const printed = await runScript('server/cli/token.ts', ['create', address, '--scope', 'tasks.readwrite'], {
        env,
      });
      return printed.trim().split('\n').at(-1) ?? '';
    },
    memory() {
      const status = `/proc/${service.pid}/status`;
      const [, kilobytes] = existsSync(status) ? (/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8')) ?? []) : [];
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
    },
    async close() {
      await stopScript(service);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
