import { entrances, pieces } from './growthCases.ts';

/*
 * Doubles the input of every parser, codec, sanitizer and filter of untrusted text, and compares CPU times
 * (docs/decisions/0050-bounded-work.md). `npm run fuzz`; an argument selects the cases whose names contain it.
 */

/** Milliseconds of CPU from which a ratio is significant. */
const measurable = 20;
const mostGrowth = 2.5;
const shortest = 10_000;
/** Longer than any accepted input. UTF-16 units. */
const longest = 640_000;

/** CPU time of this thread alone: other processes and the collector's threads do not count. Milliseconds. */
async function cpuOf(run: (text: string) => unknown, text: string): Promise<number> {
  const before = process.threadCpuUsage();
  try {
    await run(text);
  } catch (error) {
    // Rejecting the input is a valid result; a stack overflow is not.
    if (error instanceof RangeError) throw error;
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** The least CPU time of each text in five rounds: other load only adds time, and affects all texts of a round. */
async function leastOf(run: (text: string) => unknown, texts: readonly string[]): Promise<readonly number[]> {
  const least = texts.map(() => Infinity);
  for (let round = 0; round < 5; round += 1) {
    for (const [at, text] of texts.entries()) least[at] = Math.min(least[at] ?? Infinity, await cpuOf(run, text));
  }
  return least;
}

const filled = (prefix: string, piece: string, length: number) =>
  prefix + piece.repeat(Math.ceil((length - prefix.length) / piece.length));

/** The factor by which twice the text takes longer; null when the longest is too fast to measure. */
async function growthOf(run: (text: string) => unknown, prefix: string, piece: string): Promise<number | null> {
  for (let length = shortest; length <= longest; length *= 2) {
    if ((await cpuOf(run, filled(prefix, piece, length))) < measurable) continue;
    const texts = [1, 2, 4].map((factor) => filled(prefix, piece, length * factor));
    const [once = 0, twice = 0, fourTimes = 0] = await leastOf(run, texts);
    if (once < measurable) continue;
    // Beyond its limit a text is not read at all.
    if (twice < once) return twice / once;
    // A cache that is outgrown shows in one doubling only, quadratic time in both.
    return Math.min(twice / once, fourTimes / twice);
  }
  return null;
}

const [filter = ''] = process.argv.slice(2);
let measured = 0;
let failures = 0;
for (const { name, run, prefix = '' } of entrances.filter((one) => one.name.includes(filter))) {
  let worst = 0;
  for (const piece of pieces) {
    const growth = await growthOf(run, prefix, piece);
    measured += 1;
    worst = Math.max(worst, growth ?? 0);
    if (growth === null || growth < mostGrowth) continue;
    failures += 1;
    process.stdout.write(`${name}: ${growth.toFixed(2)} times the CPU for twice of ${JSON.stringify(piece)}\n`);
  }
  process.stdout.write(`${name}: ${worst === 0 ? 'too quick to measure' : `at most ${worst.toFixed(2)}`}\n`);
}
process.stdout.write(`${measured} measured, ${failures} grow faster than their text.\n`);
process.exitCode = failures === 0 && measured > 0 ? 0 : 1;
