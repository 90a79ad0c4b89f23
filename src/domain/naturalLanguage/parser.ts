import { limits } from '../limits.ts';
import { recurrenceProblems } from '../recurrence/recurrence.ts';
import { toDay, weekdayOf } from '../time/time.ts';
import type { Day, Weekday } from '../time/time.ts';
import { findCandidates } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import { fieldsOf } from './fields.ts';
import {
  dateOrderOf,
  isTwelveHour,
  languageCodes,
  otherWordsOf,
  parserLanguages,
  vocabulariesOf,
} from './languages.ts';
import type { Meaning, Note, ParsedText, Question, Token, UnboundMeaning } from './meanings.ts';
import { daysAt } from './days.ts';
import { isPast, momentsAt } from './moments.ts';
import type { Reading } from './reading.ts';
import { quotedRanges, signTokens } from './signs.ts';
import type { SignToken } from './signs.ts';
import { wordsOf } from './words.ts';

export type ParseOptions = {
  /** The wall-clock time in the mailbox's zone, 'yyyy-MM-ddTHH:mm…'. */
  now: string;
  /** Decides the language and how to read 5/4. English is always understood. */
  locale: string;
  /** Further languages: those of the interface and of the browser. */
  preferred?: readonly string[];
  firstDayOfWeek: Weekday;
  /** Names for `@`; of other names, only categories are recognised. */
  folders?: readonly string[];
  categories?: readonly string[];
  /** Keys of tokens and questions whose words stay text. */
  plainKeys?: ReadonlySet<string>;
  /** The chosen meaning of each answered question, by its key. */
  answers?: ReadonlyMap<string, number>;
};

/**
 * The day named by a whole text in any language, with its time, and the other day that it may name; null for any other
 * text.
 */
export function parseDay(
  text: string,
  options: Pick<ParseOptions, 'now' | 'locale' | 'preferred'>,
): { day: Day | null; time: string | null; other: Day | null } | null {
  const reading = readingOf(text.slice(0, limits.parsedLine), [], { ...options, firstDayOfWeek: 'monday' });
  const all = inAllLanguages(reading);
  const { length } = all.words;
  for (const { end, meanings } of [...momentsAt(all, 0, true), ...daysAt(all, 0, true).map(momentOf)]) {
    const [first] = meanings;
    if (end !== length || first === undefined) continue;
    return { ...first, other: meanings.find(({ day }) => day !== first.day)?.day ?? null };
  }
  return null;
}

function momentOf({ end, day }: { end: number; day: Day }) {
  return { end, meanings: [{ day, time: null }] };
}

function readingOf(line: string, masked: readonly (readonly [number, number])[], options: ParseOptions): Reading {
  const { now, locale, preferred } = options;
  const vocabularies = vocabulariesOf(parserLanguages(locale, preferred));
  return {
    words: wordsOf(line, masked),
    vocabularies,
    now,
    today: toDay(now),
    dateOrder: dateOrderOf(locale),
    isTwelveHour: isTwelveHour(locale),
    firstDayOfWeek: options.firstDayOfWeek,
    otherWords: otherWordsOf(vocabularies),
  };
}

function inAllLanguages(reading: Reading): Reading {
  const known = reading.vocabularies.map(({ language }) => language.code);
  const others = languageCodes.filter((code) => !known.includes(code));
  return { ...reading, vocabularies: [...reading.vocabularies, ...vocabulariesOf(others)] };
}

/** Words with their meanings, before it is decided which of them count. */
type Found = {
  start: number;
  end: number;
  certainty: Candidate['certainty'];
  meanings: readonly UnboundMeaning[];
  isExplicit: boolean;
  notes: readonly Note['kind'][];
};

/**
 * What the words of a line mean (docs/decisions/0057-one-parser.md): dates, times, recurrences and signs, each with its
 * place. Words in quotes stay text. What is ambiguous is a question, and sets nothing until it is answered.
 */
export function parseText(whole: string, options: ParseOptions): ParsedText {
  const line = whole.slice(0, limits.parsedLine);
  const quoted = quotedRanges(line);
  const signs = signTokens(line).filter(({ start, end }) => !quoted.some(([from, to]) => start > from && end <= to));
  const marks = signs.map(({ start, end }) => [start, end] as const);
  const free = quoted.filter(([from, to]) => !marks.some(([start, end]) => from < end && to > start));
  const masked = [...marks, ...free].toSorted((a, b) => a[0] - b[0]);
  const reading = readingOf(line, masked, options);
  const named = findCandidates(reading, inAllLanguages(reading)).map((candidate) => foundOf(reading, candidate));
  const all = [...named, ...signs.flatMap((sign) => meaningOfSign(sign, options))].toSorted(
    (a, b) => a.start - b.start,
  );
  const kept = all.filter((found) => !isPlain(line, found, options));
  const counted = decide(line, kept);
  const parsed = bind(line, counted, options);
  // A task needs a subject.
  const subject = subjectOf(whole, parsed.tokens);
  if (subject === '') return { tokens: [], questions: [], notes: [], subject: whole.trim() };
  return { ...parsed, subject };
}

function foundOf({ words }: Reading, candidate: Candidate): Found {
  const { certainty, meanings, isExplicit } = candidate;
  return {
    start: words[candidate.from]?.start ?? 0,
    end: words[candidate.to - 1]?.end ?? 0,
    certainty,
    meanings,
    isExplicit,
    notes: candidate.isAfterCompletion ? ['afterCompletion'] : candidate.hasEndTime ? ['endTime'] : [],
  };
}

/** `#` names a category and `@` a folder; a name that is only known as the other is asked, or is the other. */
function meaningOfSign(
  { start, end, ...sign }: SignToken,
  { folders = [], categories = [] }: ParseOptions,
): readonly Found[] {
  const found = (...meanings: readonly UnboundMeaning[]): readonly Found[] => [
    { start, end, certainty: 'sure', isExplicit: true, notes: [], meanings },
  ];
  if (sign.kind === 'importance') return found(sign);
  const sameAs = (name: string) => name.toLowerCase() === sign.name.toLowerCase();
  const folder = folders.find(sameAs);
  const category = categories.find(sameAs);
  const asCategory = { kind: 'category', name: category ?? sign.name } as const;
  if (sign.kind === 'category') {
    return folder === undefined || category !== undefined
      ? found(asCategory)
      : found(asCategory, { kind: 'folder', name: folder });
  }
  if (folder !== undefined) return found({ kind: 'folder', name: folder });
  return category === undefined ? [] : found(asCategory);
}

function keyOf(line: string, { start, end, meanings }: Pick<Found, 'start' | 'end' | 'meanings'>): string {
  return `${meanings[0]?.kind ?? ''} ${line.slice(start, end).toLowerCase()}`;
}

function isPlain(line: string, found: Found, { plainKeys }: ParseOptions): boolean {
  return plainKeys?.has(keyOf(line, found)) === true;
}

type Counted = Found & { isAsked: boolean };

/** Which words count, and which are asked about, by how sure they are and where they stand. */
function decide(line: string, all: readonly Found[]): readonly Counted[] {
  const isBare = (from: number, to: number) => !/[\p{L}\p{N}]/u.test(line.slice(from, to));
  const atStart = new Set<Found>();
  let from = 0;
  for (const found of all) {
    if (!isBare(from, found.start)) break;
    if (found.certainty !== 'end' && found.certainty !== 'endAsk') atStart.add(found);
    else if (found.notes.length === 0) break;
    from = found.end;
  }
  const counted: Counted[] = [];
  let next = line.length;
  let isChain = true;
  for (const found of all.toReversed()) {
    const isAtEnd: boolean = isChain && isBare(found.end, next);
    const isEdge: boolean = isAtEnd || atStart.has(found);
    const { certainty } = found;
    const doesCount: boolean = certainty === 'sure' || certainty === 'edge' || (certainty === 'ask' ? isEdge : isAtEnd);
    if (doesCount) {
      const isAsked = certainty === 'ask' || certainty === 'endAsk' || (certainty === 'edge' && !isEdge);
      counted.push({ ...found, isAsked });
    }
    isChain = isAtEnd && doesCount;
    next = found.start;
  }
  return counted.toReversed();
}

const fieldNames = {
  due: 'due',
  time: 'time',
  start: 'start',
  range: 'due',
  repeat: 'repeat',
  reminder: 'reminder',
  importance: 'importance',
  category: 'category',
  folder: 'folder',
} as const satisfies Record<Meaning['kind'], string>;

/** Tokens, questions and notes: each field is set once. */
function bind(line: string, all: readonly Counted[], options: ParseOptions): Omit<ParsedText, 'subject'> {
  const { now, answers } = options;
  const chosen = chosenOfEach(all.filter(({ notes }) => !notes.includes('afterCompletion')));
  const anchor = anchorOf(chosen.tokens, now);
  const tokens: Token[] = [];
  const questions: Question[] = [];
  const notes: Note[] = all.flatMap(({ start, end, notes }) =>
    notes.map((kind) => ({ kind, start, end, text: line.slice(start, end) })),
  );
  const add = (found: Counted, others: readonly Counted[]) => {
    const key = `${others.length > 1 ? '? ' : ''}${keyOf(line, found)}`;
    const choices = others.flatMap(({ start, end, meanings }) =>
      meanings.map((meaning) => {
        const bound = boundMeaning(meaning, anchor, options.firstDayOfWeek);
        return { start, end, text: line.slice(start, end), meaning: bound, isPast: isOver(bound, now) };
      }),
    );
    const [first] = choices;
    if (first === undefined) return;
    const answer = choices[answers?.get(key) ?? -1];
    const isAsked = found.isAsked || choices.length > 1;
    if (answer !== undefined && isAsked) tokens.push({ ...answer, key });
    else if (isAsked)
      questions.push({ start: found.start, end: found.end, text: first.text, key, choices: choices.slice(0, 4) });
    else tokens.push({ ...first, key });
  };
  for (const found of chosen.tokens) add(found, [found]);
  for (const rivals of chosen.rivals) {
    const [first] = rivals;
    if (first !== undefined && options.plainKeys?.has(`? ${keyOf(line, first)}`) !== true) add(first, rivals);
  }
  const byPlace = (a: { start: number }, b: { start: number }) => a.start - b.start;
  const withDates = tokens.toSorted(byPlace);
  const { rule } = fieldsOf(withDates, now);
  // "every day until last week" has no date.
  const valid = rule === null || recurrenceProblems(rule).length === 0;
  return {
    tokens: valid ? withDates : withDates.filter(({ meaning }) => meaning.kind !== 'repeat'),
    questions: questions.toSorted(byPlace),
    notes,
  };
}

/**
 * One of each field: what is said explicitly goes before what is only named, and sure words before asked ones. Two days
 * that are equally likely are a question.
 */
function chosenOfEach(all: readonly Counted[]): {
  tokens: readonly Counted[];
  rivals: readonly (readonly Counted[])[];
} {
  const byField = new Map<string, Counted[]>();
  for (const found of all) {
    const [meaning] = found.meanings;
    if (meaning === undefined) continue;
    const field = meaning.kind === 'category' ? `# ${meaning.name.toLowerCase()}` : fieldNames[meaning.kind];
    byField.set(field, [...(byField.get(field) ?? []), found]);
  }
  const tokens: Counted[] = [];
  const rivals: (readonly Counted[])[] = [];
  for (const [field, found] of byField) {
    const rank = ({ isAsked, isExplicit }: Counted) => (isAsked ? 0 : isExplicit ? 2 : 1);
    const best = Math.max(...found.map(rank));
    const likely = found.filter((one) => rank(one) === best);
    const [first] = likely;
    if (first === undefined) continue;
    const isDay = field === 'due' && new Set(likely.map(({ meanings }) => JSON.stringify(meanings))).size > 1;
    if (isDay && best > 0 && likely.every(({ isExplicit }) => isExplicit === first.isExplicit))
      rivals.push(likely.slice(0, 3));
    else tokens.push(first);
  }
  return { tokens, rivals };
}

/** The day that "every month" repeats: the task's own, else today. */
function anchorOf(all: readonly Counted[], now: string): Day {
  const days = all.flatMap(({ meanings: [meaning] }) => {
    if (meaning?.kind === 'start' || meaning?.kind === 'due') return [{ day: meaning.day, kind: meaning.kind }];
    return meaning?.kind === 'range' ? [{ day: meaning.start, kind: 'start' as const }] : [];
  });
  return (days.find(({ kind }) => kind === 'start') ?? days[0])?.day ?? toDay(now);
}

function boundMeaning(meaning: UnboundMeaning, anchor: Day, firstDayOfWeek: Weekday): Meaning {
  if (meaning.kind !== 'repeat') return meaning;
  const { pattern, range, time, from } = meaning;
  const day = from ?? anchor;
  const [month, dayOfMonth] = [Number(day.slice(5, 7)), Number(day.slice(8))];
  const bound = (): Exclude<typeof pattern, { type: 'anchor' }> => {
    if (pattern.type !== 'anchor') return pattern;
    const { interval } = pattern;
    if (pattern.unit === 'month') return { type: 'absoluteMonthly', interval, dayOfMonth };
    if (pattern.unit === 'year') return { type: 'absoluteYearly', interval, month, dayOfMonth };
    return { type: 'weekly', interval, daysOfWeek: [weekdayOf(day)], firstDayOfWeek };
  };
  return { kind: 'repeat', rule: { pattern: bound(), range }, time, from };
}

function isOver(meaning: Meaning, now: string): boolean {
  if (meaning.kind === 'due') return isPast(meaning.day, meaning.time, now);
  if (meaning.kind === 'range') return isPast(meaning.due, null, now);
  if (meaning.kind === 'start') return false;
  return meaning.kind === 'reminder' && meaning.day !== null && isPast(meaning.day, meaning.time, now);
}

/** The line without its tokens: the subject. */
export function subjectOf(line: string, tokens: readonly { start: number; end: number }[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of tokens) {
    rest = joined(rest, line.slice(from, start));
    from = end;
  }
  return joined(rest, line.slice(from)).trim();
}

/** Joins with one space in place of a token. */
function joined(before: string, after: string): string {
  if (before === '') return after;
  return /\S/.test(after) ? `${before.trimEnd()} ${after.trimStart()}` : before.trimEnd();
}
