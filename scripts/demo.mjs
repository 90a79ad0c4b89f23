/** `npm run demo`: the product with a mailbox to try, in a database of its own that each start makes anew. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { fail, runNode } from './process.mjs';
import { root } from './runtime.mjs';

// A database or a PostgreSQL of the person's own is never touched.
const env = { DATA_DIR: path.join(root, 'data', 'demo'), DATABASE_URL: '', SIGN_UP: 'closed' };

try {
  await install();
  await build();
  rmSync(env.DATA_DIR, { recursive: true, force: true });
  process.exitCode =
    (await runNode(['server/cli/demo.ts'], { env })) || (await runNode(['server/main.ts'], { env, isService: true }));
} catch (error) {
  fail(error);
}
