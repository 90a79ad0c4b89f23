/** Child processes for the scripts: run one to its end, or keep one running and pass signals on. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { nodePath, root } from './runtime.mjs';

/** Runs a file with the project's Node; resolves with its exit code. Signals that end us end it first. */
export function runNode(args, { env = {}, stdio = 'inherit' } = {}) {
  const bin = path.dirname(nodePath());
  const child = spawn(nodePath(), args, {
    cwd: root,
    stdio,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`, ...env },
  });
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
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1));
    });
  });
}

/** Path of a package's own command, so that nothing depends on what npm linked. */
export const tool = (...parts) => path.join(root, 'node_modules', ...parts);

/** Ends the process with the sentence of an error instead of a stack: these are messages to the person at the terminal. */
export function fail(error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
