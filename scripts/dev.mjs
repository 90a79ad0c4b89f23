/** `npm run dev`: the service in watch mode and Vite with hot reload. Stops both when either ends. */
import { install } from './install.mjs';
import { fail, runNode, tool } from './process.mjs';

try {
  await install();
  process.stderr.write(
    'The app with hot reload: http://localhost:5173 (the service answers on its own port behind it)\n',
  );
  const service = runNode(['--watch', 'server/main.ts'], { env: { DEV: '1' }, isService: true });
  const app = runNode([tool('vite', 'bin', 'vite.js'), '--clearScreen', 'false'], { isService: true });
  process.exitCode = await Promise.race([service, app]);
  process.kill(process.pid, 'SIGTERM');
} catch (error) {
  fail(error);
}
