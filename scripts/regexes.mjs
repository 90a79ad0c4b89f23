/** `node scripts/regexes.mjs`: finds regular expressions of `src` and `server` whose time can grow faster than their text. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findRegexes, known, root } from './regexList.mjs';

/** What it must find, so that a checker that finds nothing is noticed. */
const planted = String.raw`<(\/?)([a-z][^\s/<>]*)(?:[^<>"']|"[^"]*"|'[^']*')*>`;

/**
 * Milliseconds for one expression; one that takes longer to judge is too hard to read as well. The checker's limits of
 * time for single steps are off: on a busy machine it would take slowness for a fault. Its limits of steps hold.
 */
const limits = { timeout: 120_000, seedingTimeout: null, incubationTimeout: null, attackTimeout: null };

/** Two at a time: there may be no more cores, and a judgement that waits is no judgement that failed. */
async function inPairs(all, judge) {
  const waiting = [...all];
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await judge(one);
  };
  await Promise.all([lane(), lane()]);
}

async function main() {
  // Imported here: it starts a program of its own.
  const { check } = await import('recheck');
  const found = findRegexes();
  const bySource = Map.groupBy(found.literals, ({ pattern, flags }) => `/${pattern}/${flags}`);
  const problems = found.built
    .filter(({ file }) => !Object.hasOwn(known, file))
    .map(({ file, line }) => `${file}:${line} builds an expression: write it out, or say why its text is bounded`);
  await inPairs([...bySource], async ([source, [{ pattern, flags, file, line }]]) => {
    const { status, complexity } = await check(pattern, flags, limits);
    if (status !== 'safe') problems.push(`${file}:${line} ${source} is ${complexity?.summary ?? status}`);
  });
  if ((await check(planted, 'gi', limits)).status !== 'vulnerable') problems.push('The checker found nothing.');
  for (const problem of problems) console.error(problem);
  console.log(`${bySource.size} regular expressions, ${problems.length} problems.`);
  return problems.length === 0 ? 0 : 1;
}

// The checker's program would keep this one alive.
if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? root)).href) process.exit(await main());
