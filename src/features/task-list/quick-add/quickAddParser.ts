import { limits } from '../../../domain/limits.ts';
import { recurrenceProblems, startRecurrence } from '../../../domain/recurrence/recurrence.ts';
import { firstDayOfPattern } from '../../../domain/recurrence/recurrencePatterns.ts';
import { importances } from '../../../domain/task/task.ts';
import type { Importance, RecurrenceRequest, TaskPatch } from '../../../domain/task/task.ts';
import { addDays, toDay, zonedDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import type { QuickAddContext } from './parserContext.ts';
import { parseRecurrence, recurrenceStarts, removeAccents } from './recurrenceParser.ts';

/** The meaning of some words in a quick-add line. */
export type TokenMeaning =
  | { kind: 'due' | 'start'; day: Day }
  | { kind: 'repeat'; rule: RecurrenceRequest }
  | { kind: 'importance'; importance: Importance }
  | { kind: 'category'; name: string }
  | { kind: 'reminder'; day: Day | null; time: string };

/** Some words of the line with their meaning, from offset `start` up to `end`. */
export type QuickAddToken = TokenMeaning & { start: number; end: number; text: string };

/** The key under which a token is remembered that was turned back into text. */
export function tokenKey({ kind, text }: Pick<QuickAddToken, 'kind' | 'text'>): string {
  return `${kind} ${text.toLowerCase()}`;
}

/**
 * The tokens of one line, in order and without overlap (docs/decisions/0031-dates-in-words.md): `!high`, `#home`,
 * `^fri` (due), `>mon` (start), `every …`, `remind …`, and one unambiguous day. Words in quotes, and tokens whose key is in
 * `plainKeys`, stay text.
 */
export function parseTokens(
  whole: string,
  context: QuickAddContext,
  plainKeys: ReadonlySet<string>,
): readonly QuickAddToken[] {
  const line = whole.slice(0, limits.parsedLine);
  const found: QuickAddToken[] = [];
  const quoted = quotedSpans(line);
  const isFree = (start: number, end: number) =>
    !quoted.some(([from, to]) => start < to && end > from) &&
    !found.some((token) => start < token.end && end > token.start);
  const addToken = (meaning: TokenMeaning, start: number, end: number) => {
    if (isFree(start, end)) found.push({ ...meaning, start, end, text: line.slice(start, end) });
  };

  for (const { index, 1: name = '' } of line.matchAll(/(?<!\S)!(high|normal|low)(?!\S)/gi)) {
    const importance = importances.find((one) => one === name.toLowerCase());
    if (importance !== undefined) addToken({ kind: 'importance', importance }, index, index + name.length + 1);
  }
  // "#1" is a number, not a category.
  for (const { index, 1: name = '' } of line.matchAll(/(?<!\S)#((?=[\p{N}_-]*\p{L})[\p{L}\p{N}_-]+)(?!\S)/gu)) {
    addToken({ kind: 'category', name }, index, index + name.length + 1);
  }
  for (const { index, 0: sign } of firstTwenty(line.matchAll(/(?<!\S)[\^>](?=\S)/g))) {
    const day = dayAt(line, index + 1, context);
    if (day === null) continue;
    addToken({ kind: sign === '^' ? 'due' : 'start', day: day.day }, index, day.end);
  }
  const unaccented = removeAccents(line);
  const remind = context.languages.map(({ remind }) => remind).join('|');
  for (const { index, 0: word } of firstTwenty(
    unaccented.matchAll(new RegExp(`(?<!\\S)(?:${remind}) +(?=\\S)`, 'gi')),
  )) {
    const moment = momentAt(line, index + word.length, context);
    if (moment !== null) addToken({ kind: 'reminder', day: moment.day, time: moment.time }, index, moment.end);
  }
  for (const index of firstTwenty(recurrenceStarts(line, context.languages))) {
    const [longest] = context.languages
      .flatMap((language) => parseRecurrence(line.slice(index), language, context) ?? [])
      .toSorted((a, b) => b.length - a.length);
    if (longest !== undefined) addToken({ kind: 'repeat', rule: longest.rule }, index, index + longest.length);
  }
  if (!found.some(({ kind }) => kind === 'due')) addUnambiguousDay(line, context, isFree, addToken);

  const wanted = firstOfEach(found.filter((token) => !plainKeys.has(tokenKey(token)))).toSorted(
    (a, b) => a.start - b.start,
  );
  const kept = hasOccurrences(wanted, context.now) ? wanted : wanted.filter(({ kind }) => kind !== 'repeat');
  // A task needs a subject.
  return subjectFromTokens(whole, kept) === '' ? [] : kept;
}

/** Where the line is in quotes; a quotation mark without its partner quotes nothing. */
function quotedSpans(line: string): readonly (readonly [from: number, to: number])[] {
  const spans: (readonly [number, number])[] = [];
  const closing = new Map([
    ['"', '"'],
    ['“', '”'],
  ]);
  for (let at = 0; at < line.length; at += 1) {
    const mark = line.charAt(at);
    const close = closing.get(mark);
    if (close === undefined) continue;
    const end = line.indexOf(close, at + 1);
    // None follows any later one either.
    if (end < 0) closing.delete(mark);
    else {
      spans.push([at, end + 1]);
      at = end;
    }
  }
  return spans;
}

/** Bounds the cost of a pasted page, which may hold hundreds of signs, each parsed in every language. */
function firstTwenty<Match>(all: Iterable<Match>): readonly Match[] {
  return [...all].slice(0, 20);
}

/** Adds the last unambiguous day of the line as its due day, with the "on", "by" or "due" before it. */
function addUnambiguousDay(
  line: string,
  { parseDays, languages }: QuickAddContext,
  isFree: (start: number, end: number) => boolean,
  addToken: (meaning: TokenMeaning, start: number, end: number) => void,
) {
  const unambiguous = parseDays(line).filter(
    ({ index, text, isClear }) => isClear && isFree(index, index + text.length),
  );
  const last = unambiguous.at(-1);
  if (last === undefined || last.day === null || last.time !== null) return;
  const due = languages.map(({ due }) => due).join('|');
  const before = new RegExp(`(?:^|\\s)((?:${due}) +)$`, 'i').exec(removeAccents(line.slice(0, last.index)))?.[1] ?? '';
  addToken({ kind: 'due', day: last.day }, last.index - before.length, last.index + last.text.length);
}

/** The longest run of words from offset `from` that names a day. */
function dayAt(line: string, from: number, { parseDay }: QuickAddContext): { day: Day; end: number } | null {
  for (const end of wordEnds(line, from)) {
    const found = parseDay(line.slice(from, end));
    if (found?.day !== null && found?.day !== undefined && found.time === null) return { day: found.day, end };
  }
  return null;
}

function momentAt(line: string, from: number, { parseDay }: QuickAddContext) {
  for (const end of wordEnds(line, from)) {
    const text = line.slice(from, end);
    const found = parseDay(text) ?? bareHour(text);
    if (found?.time !== null && found?.time !== undefined) return { day: found.day, time: found.time, end };
  }
  return null;
}

/** The hour in "remind at 9". */
function bareHour(text: string): { day: null; time: string } | null {
  const hour = /^\d{1,2}$/.test(text) ? Number(text) : 24;
  return hour < 24 ? { day: null, time: `${String(hour).padStart(2, '0')}:00` } : null;
}

/** The offsets where the next one to five words end, the longest run first. */
function wordEnds(line: string, from: number): readonly number[] {
  const words = [...line.slice(from).matchAll(/\S+/g)].slice(0, 5);
  return words.map(({ index, 0: word }) => from + index + word.length).toReversed();
}

/** All categories; of every other kind, the first token. */
function firstOfEach(tokens: readonly QuickAddToken[]): readonly QuickAddToken[] {
  const seen = new Set<string>();
  return tokens.filter((token) => {
    const key = token.kind === 'category' ? `#${token.name.toLowerCase()}` : token.kind;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The line without its tokens: the subject. */
export function subjectFromTokens(line: string, tokens: readonly QuickAddToken[]): string {
  if (tokens.length === 0) return line.trim();
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

/** The task that a line with these tokens makes. Days are days of `zone`. */
export function patchFromTokens(
  line: string,
  tokens: readonly QuickAddToken[],
  { now, zone }: QuickAddContext,
): TaskPatch {
  const patch: TaskPatch = { subject: subjectFromTokens(line, tokens) };
  const categories = tokens.flatMap((token) => (token.kind === 'category' ? [token.name] : []));
  if (categories.length > 0) patch.categories = categories;
  for (const token of tokens) if (token.kind === 'importance') patch.importance = token.importance;

  const { start, due, rule } = datesFromTokens(tokens, now);
  if (start !== null) patch.start = zonedDay(start, zone);
  if (due !== null) patch.due = zonedDay(due, zone);
  if (rule !== null) patch.recurrence = { ...rule, range: { ...rule.range, zone } };
  const reminder = reminderFromTokens(tokens, due, now);
  if (reminder !== null) {
    patch.reminder = { local: reminder, zone };
    patch.isReminderOn = true;
  }
  return patch;
}

/** Whether the rule has any occurrence: "every day until last week" has none and stays text. */
function hasOccurrences(tokens: readonly QuickAddToken[], now: string): boolean {
  const { rule } = datesFromTokens(tokens, now);
  return rule === null || recurrenceProblems(rule).length === 0;
}

/**
 * A series without a day starts on its first occurrence; from another day it continues on `continuesOn`. A start needs a
 * due day and never follows it (docs/protocol.md#start-and-due-dates): `adjustment` names what the rule changed.
 */
export function datesFromTokens(tokens: readonly QuickAddToken[], now: string) {
  const today = toDay(now);
  const repeat = tokens.find((token) => token.kind === 'repeat')?.rule ?? null;
  const start = tokens.flatMap((token) => (token.kind === 'start' ? [token.day] : [])).at(0) ?? null;
  const named = tokens.flatMap((token) => (token.kind === 'due' ? [token.day] : [])).at(0) ?? null;
  const first = repeat === null ? null : (firstDayOfPattern(repeat.pattern, start ?? named ?? today) ?? null);
  const due = named ?? (start === null ? first : start);
  const rule =
    repeat === null
      ? null
      : startRecurrence({ ...repeat, range: { ...repeat.range, startDate: first ?? today } }, today);
  const isStartAfterDue = start !== null && due !== null && start > due;
  const adjustment: 'startMoved' | 'dueFollows' | null = isStartAfterDue
    ? 'startMoved'
    : start !== null && named === null
      ? 'dueFollows'
      : null;
  const firstDay = start ?? due;
  const continuesOn = rule !== null && firstDay !== null && firstDay !== first ? first : null;
  return { start: isStartAfterDue ? due : start, due, rule, adjustment, continuesOn };
}

/** A time without a day means the due day; without one, today or tomorrow, whichever is next. */
export function reminderFromTokens(tokens: readonly QuickAddToken[], due: Day | null, now: string): string | null {
  const reminder = tokens.find((token) => token.kind === 'reminder');
  if (reminder === undefined) return null;
  const today = toDay(now);
  const next = reminder.time > now.slice(11, 16) ? today : addDays(today, 1);
  return `${reminder.day ?? due ?? next}T${reminder.time}:00.000`;
}
