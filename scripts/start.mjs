/**
 * `npm start`: installs when the lock file changed, builds when sources changed, then runs the service, which serves
 * the app.
 */
import { build } from './build.mjs';
import { install } from './install.mjs';
import { fail, runNode } from './process.mjs';

try {
  await install();
  await build();
  process.exitCode = await runNode(['server/main.ts'], { isService: true });
} catch (error) {
  fail(error);
}
