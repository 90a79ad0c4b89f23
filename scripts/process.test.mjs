import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('when the shell that npm started ends, its command ends, too', async () => {
  const service = 'console.log(process.pid); setInterval(() => {}, 1000)';
  const script = `const { runNode } = await import('./scripts/process.mjs'); await runNode(['-e', ${JSON.stringify(service)}]);`;
  // Two commands keep the shell from replacing itself by the first.
  const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; true', process.execPath, script], {
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(shell.stdout, 'data');
  const pid = Number(String(said).trim());
  expect(isAlive(pid)).toBe(true);
  shell.kill('SIGTERM');
  await expect.poll(() => isAlive(pid)).toBe(false);
});
