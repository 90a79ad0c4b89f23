/** `npm test`: all checks and tests. */
import { runSteps } from './steps.mjs';
import { testSteps } from './testSteps.mjs';

process.exitCode = await runSteps(testSteps);
