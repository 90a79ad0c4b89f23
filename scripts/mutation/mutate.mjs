/**
 * `npm run mutate -- LAYER [--count N] [--seed S] [--minutes M] [--file PART]`: plants small faults in a layer, one at a
 * time, and says which of them no unit or stack test notices (CONTRIBUTING.md#test-it).
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { equivalentFaults } from './equivalentFaults.mjs';
import { findMutants } from './findMutants.mjs';
import { layers, sourcesOf } from './layers.mjs';
import { sample } from './sample.mjs';
import { fail } from '../process.mjs';
import { root } from '../runtime.mjs';

const say = (text) => process.stdout.write(`${text}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '20' },
    file: { type: 'string', default: '' },
  },
});

const folder = mkdtempSync(path.join(os.tmpdir(), 'threefold-mutation-'));
const report = path.join(folder, 'reached.jsonl');
let runner;

/** Starts the process that runs tests. */
async function start(tests) {
  runner = fork(path.join(root, 'scripts', 'mutation', 'mutationRunner.mjs'), {
    cwd: root,
    env: { ...process.env, MUTATION_REACHED: report },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Its test processes end with it.
    detached: process.platform !== 'win32',
  });
  await ask(undefined, 'open', tests);
}

/** Ends the runner with the processes that it started: a fault may keep them busy for ever. */
function end() {
  if (runner?.pid === undefined || runner.exitCode !== null) return;
  if (process.platform === 'win32') runner.kill('SIGKILL');
  else process.kill(-runner.pid, 'SIGKILL');
}

/** The runner's answer; null when it has none after so many milliseconds, and then the runner is ended. */
function ask(limitMs, action, ...args) {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      runner.removeAllListeners();
      end();
      resolve(null);
    };
    const timer = limitMs === undefined ? undefined : setTimeout(giveUp, limitMs);
    runner.once('exit', (code) => reject(new Error(`The test runner ended with ${code}.`)));
    runner.once('message', ({ result, error }) => {
      clearTimeout(timer);
      runner.removeAllListeners();
      if (error === undefined) resolve(result);
      else reject(new Error(error));
    });
    runner.send({ action, args });
  });
}

const short = (text) => text.replace(/\s+/g, ' ').slice(0, 100);

function mutantsOf(layer) {
  return sourcesOf(layer)
    .filter((file) => file.includes(values.file))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return findMutants(text, file).map((mutant, index) => ({
        ...mutant,
        file,
        id: `${file}#${index}`,
        label: `${short(text.slice(mutant.start, mutant.end))}  →  ${short(mutant.replacement)}`,
      }));
    })
    .filter(({ file, label }) => !equivalentFaults.has(`${file}  ${label}`));
}

/** Test files that take longer together are left out, the slowest first: such a sample ends within minutes. */
const longestMs = 120_000;

/** What came of one fault: `caught`, `survived`, or `unreached` by any test. */
async function judge(mutant, { reached, durations }, tests) {
  const key = mutant.isInFunction ? mutant.id : mutant.file;
  const all = reached
    .filter((one) => one.reached.includes(key) || one.reached.includes(mutant.id))
    .map(({ file }) => file)
    .toSorted((x, y) => durations[x] - durations[y]);
  if (all.length === 0) return 'unreached';
  let usual = 0;
  const files = all.filter((file, at) => (usual += durations[file]) <= longestMs || at === 0);
  const result = await ask(60_000 + 5 * usual, 'plant', mutant, files);
  if (result === null) await start(tests);
  return result === null || result.failed.length > 0 || result.errors.length > 0 ? 'caught' : 'survived';
}

/** The faults that these tests do not notice, with what came of each; and how many were tried before the time was up. */
async function unnoticedBy(tests, mutants, endsAt) {
  await start(tests);
  const base = await ask(undefined, 'measure', mutants, report);
  if (base.failed.length > 0 || base.errors.length > 0)
    throw new Error(
      `Tests fail without a fault:\n${[...base.failed, ...base.messages, ...base.errors].slice(0, 10).join('\n')}`,
    );
  const unnoticed = [];
  let tried = 0;
  for (const mutant of mutants) {
    if (Date.now() > endsAt) break;
    const outcome = await judge(mutant, base, tests);
    tried += 1;
    if (outcome !== 'caught') unnoticed.push({ ...mutant, outcome });
  }
  end();
  return { unnoticed, tried };
}

/** First the tests beside the code, which are quick; what they do not notice, then the others. */
async function measure(layer) {
  const { near, far } = layers[layer];
  const all = mutantsOf(layer);
  const chosen = sample(all, Number(values.count), Number(values.seed));
  say(`${layer}: ${chosen.length} of ${all.length} faults, seed ${values.seed}.`);
  const totalMs = Number(values.minutes) * 60_000;
  const began = Date.now();
  const first = await unnoticedBy(near, chosen, began + (far.length === 0 ? totalMs : totalMs / 2));
  say(`${first.tried - first.unnoticed.length} of ${first.tried} are noticed by the tests beside the code.`);
  let { tried } = first;
  let left = first.unnoticed;
  if (far.length > 0 && left.length > 0) {
    const second = await unnoticedBy(far, left, began + totalMs);
    // What the time did not suffice for counts as not tried.
    tried -= left.length - second.tried;
    left = second.unnoticed;
  }
  for (const { outcome, file, line, label } of left) say(`${outcome}  ${file}:${line}  ${label}`);
  if (tried === 0) throw new Error('The time was up before the first fault: give more --minutes.');
  const caught = tried - left.length;
  say(`${layer}: ${caught} of ${tried} caught (${Math.round((100 * caught) / tried)} %).`);
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    end();
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  });
try {
  const [layer] = positionals;
  if (layers[layer] === undefined) throw new Error(`Name a layer: ${Object.keys(layers).join(', ')}.`);
  await measure(layer);
} catch (error) {
  fail(error);
} finally {
  end();
  rmSync(folder, { recursive: true, force: true });
}
