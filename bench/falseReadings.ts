/**
 * What the parser of dates finds in texts that name none: 5,000 short descriptions of Debian packages, drawn with a seed
 * from the package lists of this machine (`apt-cache dumpavail`). Prints each text with a finding, to be judged by a reader.
 *
 * `node bench/falseReadings.ts [--seed 1] [--count 5000] [--locale en-GB] [--languages de,fr]`
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { parseText } from '../src/domain/naturalLanguage/parser.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '5000' },
    locale: { type: 'string', default: 'en-GB' },
    languages: { type: 'string', default: '' },
  },
});

/** Numbers from 0 up to 1, the same for each seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` of the texts, each at most once. */
function drawn(texts: readonly string[], count: number, seed: number): readonly string[] {
  const random = randomNumbers(seed);
  const left = [...texts];
  const chosen: string[] = [];
  while (chosen.length < count && left.length > 0) {
    const [text = ''] = left.splice(Math.floor(random() * left.length), 1);
    chosen.push(text);
  }
  return chosen;
}

const list = execFileSync('apt-cache', ['dumpavail'], { encoding: 'utf8', maxBuffer: 1 << 30 });
const descriptions = new Set(list.split('\n').flatMap((line) => /^Description(?:-en)?: (.+)$/.exec(line)?.[1] ?? []));
const texts = drawn([...descriptions].toSorted(), Number(values.count), Number(values.seed));
const options = {
  // A Wednesday.
  now: '2026-03-18T11:24:00.000',
  locale: values.locale,
  preferred: values.languages.split(',').filter((code) => code !== ''),
  firstDayOfWeek: 'monday',
} as const;

let set = 0;
let asked = 0;
for (const text of texts) {
  const { tokens, questions, notes } = parseText(text, options);
  if (tokens.length > 0) set += 1;
  else if (questions.length + notes.length > 0) asked += 1;
  else continue;
  const found = [
    ...tokens.map(({ meaning, text }) => `${meaning.kind} “${text}”`),
    ...questions.map(({ text }) => `asks “${text}”`),
    ...notes.map(({ text }) => `notes “${text}”`),
  ];
  process.stdout.write(`${text}  →  ${found.join(', ')}\n`);
}
const share = (n: number) => `${n} (${((n / texts.length) * 100).toFixed(2)} %)`;
process.stdout.write(
  `${texts.length} of ${descriptions.size} texts, seed ${values.seed}, ${values.locale} ${values.languages}: set ${share(set)}, asked ${share(asked)}\n`,
);
