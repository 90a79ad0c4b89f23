/** `node scripts/regexes.mjs`: finds regular expressions of `src` and `server` whose time can grow faster than their text. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findRegexes, known, root } from './regexList.mjs';

/** An expression that the checker must report, so that a broken checker is noticed. */
const planted = String.raw`<(\/?)([a-z][^\s/<>]*)(?:[^<>"']|"[^"]*"|'[^']*')*>`;

/**
 * Milliseconds for one expression; one that takes longer to check is too hard to read as well. The time limits of
 * single phases are off, because on a busy machine they would report slowness as an error; the step limits remain.
 */
const limits = { timeout: 120_000, seedingTimeout: null, incubationTimeout: null, attackTimeout: null };

/** Two at a time, because more may exceed the cores, and a check that waits would time out. */
async function inPairs(all, check) {
  const waiting = [...all];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(next);
  };
  await Promise.all([lane(), lane()]);
}

async function main() {
  // Imported here, because it starts a process.
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

// The checker's process would keep this one alive.
if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? root)).href) process.exit(await main());
