/** Child processes for the scripts: run one to its end, or keep one running and pass signals on. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { nodePath, root } from './runtime.mjs';

/**
 * Runs a command to its end; signals that end us end it first.
 * @param write takes what it says; without, it speaks on the terminal itself.
 * @returns its exit code. One that a signal ended failed, unless it was to run until then (`isService`).
 */
export function run(command, args, { env = {}, stdio = 'inherit', shell = false, write, isService = false } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    shell,
    stdio: write === undefined ? stdio : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  if (write !== undefined)
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', write);
  const pass = (signal) => child.kill(signal);
  // npm runs its scripts through a shell, and a shell that is ended tells nobody: whoever stops `npm start` means the service.
  const parent = process.ppid;
  const isUnderNpm = process.env.npm_lifecycle_event !== undefined;
  const watch = isUnderNpm ? setInterval(() => process.ppid !== parent && pass('SIGTERM'), 250) : undefined;
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
      clearInterval(watch);
      const result = code ?? (isService && (signal === 'SIGINT' || signal === 'SIGTERM') ? 0 : 1);
      if (write === undefined) return resolve(result);
      child.on('close', () => resolve(result));
      // A process that it left behind may hold its streams open for good.
      setTimeout(() => resolve(result), 5_000).unref();
    });
  });
}

/** Runs a file with the project's Node; as `run`. */
export function runNode(args, { env = {}, ...options } = {}) {
  const bin = path.dirname(nodePath());
  return run(nodePath(), args, {
    ...options,
    env: { PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`, ...env },
  });
}

/** Path of a package's own command, so that nothing depends on what npm linked. */
export const tool = (...parts) => path.join(root, 'node_modules', ...parts);

/** Prettier over the whole project; what it has seen unchanged it does not read again. */
export const prettier = (mode) => [
  tool('prettier', 'bin', 'prettier.cjs'),
  mode,
  '--log-level',
  'warn',
  '--cache',
  '--cache-strategy',
  'content',
  '.',
];

/** Ends the process with the sentence of an error instead of a stack: these are messages to the person at the terminal. */
export function fail(error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
