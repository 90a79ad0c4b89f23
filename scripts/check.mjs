/** `npm run check`: what can be known in minutes, without a browser and PostgreSQL. */
import { runSteps } from './steps.mjs';
import { checkSteps } from './testSteps.mjs';

process.exitCode = await runSteps(checkSteps);
