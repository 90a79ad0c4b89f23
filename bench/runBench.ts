/**
 * `npm run bench [app|attacker|drain|fling|service]`: all measurements in one run, so that figures can be compared with each other.
 */
import { measureAttacker } from './attackerBench.ts';
import { inBrowser, measureApp } from './appBench.ts';
import { measureFlings } from './flingBench.ts';
import { measureSend } from './sendBench.ts';
import { startBenchEnvironment } from './environment.ts';
import { printTable } from './measurements.ts';
import { measureLargeBodies } from './largeBodyBench.ts';
import { measureScaling } from './scalingBench.ts';
import { measureService } from './serviceBench.ts';

const requestedPart = process.argv[2];
const parts: readonly (string | undefined)[] = [undefined, 'app', 'attacker', 'drain', 'fling', 'service'];
if (!parts.includes(requestedPart)) {
  process.stderr.write('Usage: npm run bench [-- app|attacker|drain|fling|service]\n');
  process.exit(2);
}
if (requestedPart === undefined || requestedPart === 'attacker')
  printTable('64 connections beside an attacker', await measureAttacker());
if (requestedPart === 'attacker') process.exit(0);
const environment = await startBenchEnvironment();
try {
  if (requestedPart === undefined || requestedPart === 'app')
    printTable('The app, built, in Chromium', await measureApp(environment));
  if (requestedPart === 'drain')
    printTable('What waited, sent', await inBrowser((browser) => measureSend(browser, environment)));
  if (requestedPart === undefined || requestedPart === 'fling')
    printTable('A fling through a list', await inBrowser((browser) => measureFlings(browser, environment)));
  if (requestedPart === undefined || requestedPart === 'service') {
    printTable('The service, 16 connections', await measureService(environment));
    printTable('Large bodies', await measureLargeBodies(environment));
    printTable(
      'One call at a time, in mailboxes of 1,000, 10,000 and 100,000 tasks',
      await measureScaling(environment),
    );
  }
} finally {
  await environment.close();
}
