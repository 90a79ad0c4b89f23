/** `npm test`: all that landing runs. */
import { runSteps } from './steps.mjs';
import { testSteps } from './testSteps.mjs';

process.exitCode = await runSteps(testSteps);
