/** `npm run check`: the checks that take minutes and need neither a browser nor PostgreSQL. */
import { runSteps } from './steps.mjs';
import { checkSteps } from './testSteps.mjs';

process.exitCode = await runSteps(checkSteps);
