/** Child processes for the scripts: run one to its end, or keep one running and pass signals on. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { nodePath, root } from './runtime.mjs';

/**
 * Runs a command to its end; signals to this process end it first.
 * @param write receives the output; it goes to the terminal by default.
 * @returns the exit code. Ending by a signal is a failure, unless it runs until then (`isService`).
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
  // npm runs scripts through a shell, which does not pass signals on: whoever stops `npm start` means the service.
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
      // A process that it started may keep its streams open forever.
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

/** The path of a package's own command, independent of links that npm creates. */
export const tool = (...parts) => path.join(root, 'node_modules', ...parts);

/** Prettier over the whole project; with a cache of unchanged files. */
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

/** Prints the message of an error without its stack and exits: these messages are for the user of the terminal. */
export function fail(error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
