import { recurrenceProblems } from '../../../domain/recurrence/recurrence.ts';
import { firstDayOfPattern, startRecurrence } from '../../../domain/recurrence/recurrencePatterns.ts';
import type { Importance, RecurrenceRequest, TaskPatch } from '../../../domain/task/task.ts';
import type { Weekday, Day } from '../../../domain/time/time.ts';
import { addDays, isDay, zonedDay } from '../../../domain/time/time.ts';
import type { ParsedDay } from '../../../ui/dates/dayParser.ts';
import { parseRecurrence, recurrenceStarts, removeAccents } from './recurrenceParser.ts';
import type { RecurrenceLanguage } from './recurrenceLanguages.ts';

/** What words in a quick-add line mean. */
export type TokenMeaning =
  | { kind: 'due' | 'start'; day: Day }
  | { kind: 'repeat'; rule: RecurrenceRequest }
  | { kind: 'importance'; importance: Importance }
  | { kind: 'category'; name: string }
  | { kind: 'reminder'; day: Day | null; time: string };

/** Some words of the line with their meaning; `startScript` and `end` say where they stand. */
export type QuickAddToken = TokenMeaning & { start: number; end: number; text: string };

export type QuickAddContext = {
  /** 'yyyy-MM-ddTHH:mm…' in the mailbox's zone. */
  now: string;
  zone: string;
  firstDayOfWeek: Weekday;
  readDays: (text: string) => readonly ParsedDay[];
  readDay: (text: string) => ParsedDay | null;
  /** The languages whose words for repeating and reminding are read. */
  tongues: readonly RecurrenceLanguage[];
};

/** How a token is remembered that somebody turned back into words. */
export function tokenKey({ kind, text }: Pick<QuickAddToken, 'kind' | 'text'>): string {
  return `${kind} ${text.toLowerCase()}`;
}

/**
 * The tokens of one line, in order and without overlap (docs/decisions/0031-dates-in-words.md): `!high`, `#home`,
 * `^fri` (due), `>mon` (start), `every …`, `remind …`, and one unambiguous day. Words in quotes, and those in `untargeted`,
 * stay text.
 */
export function parseTokens(
  line: string,
  context: QuickAddContext,
  plain: ReadonlySet<string>,
): readonly QuickAddToken[] {
  const found: QuickAddToken[] = [];
  const quoted = [...line.matchAll(/"[^"]*"|“[^”]*”/g)].map(
    ({ index, 0: text }) => [index, index + text.length] as const,
  );
  const isFree = (start: number, end: number) =>
    !quoted.some(([from, to]) => start < to && end > from) &&
    !found.some((token) => start < token.end && end > token.start);
  const take = (meaning: TokenMeaning, start: number, end: number) => {
    if (isFree(start, end)) found.push({ ...meaning, start, end, text: line.slice(start, end) });
  };

  for (const { index, 1: name = '' } of line.matchAll(/(?<!\S)!(high|normal|low)(?!\S)/gi)) {
    const importance = name.toLowerCase() as Importance;
    take({ kind: 'importance', importance }, index, index + name.length + 1);
  }
  // "#1" is a number, not a category.
  for (const { index, 1: name = '' } of line.matchAll(/(?<!\S)#((?=[\p{N}_-]*\p{L})[\p{L}\p{N}_-]+)(?!\S)/gu)) {
    take({ kind: 'category', name }, index, index + name.length + 1);
  }
  for (const { index, 0: sign } of some(line.matchAll(/(?<!\S)[\^>](?=\S)/g))) {
    const day = dayAt(line, index + 1, context);
    if (day === null) continue;
    take({ kind: sign === '^' ? 'due' : 'start', day: day.day }, index, day.end);
  }
  const bare = removeAccents(line);
  const remind = context.tongues.map(({ remind }) => remind).join('|');
  for (const { index, 0: word } of some(bare.matchAll(new RegExp(`(?<!\\S)(?:${remind}) +(?=\\S)`, 'gi')))) {
    const said = momentAt(line, index + word.length, context);
    if (said !== null) take({ kind: 'reminder', day: said.day, time: said.time }, index, said.end);
  }
  for (const index of some(recurrenceStarts(line, context.tongues))) {
    const [said] = context.tongues
      .flatMap((tongue) => parseRecurrence(line.slice(index), tongue, context) ?? [])
      .toSorted((a, b) => b.length - a.length);
    if (said !== undefined) take({ kind: 'repeat', rule: said.rule }, index, index + said.length);
  }
  if (!found.some(({ kind }) => kind === 'due')) takeClearDay(line, context, isFree, take);

  const wanted = firstOfEach(found.filter((token) => !plain.has(tokenKey(token)))).toSorted(
    (a, b) => a.start - b.start,
  );
  const kept = hasDates(wanted, context.now) ? wanted : wanted.filter(({ kind }) => kind !== 'repeat');
  // A task needs words of its own.
  return subjectFromTokens(line, kept) === '' ? [] : kept;
}

/** Nobody marks more in a line; a pasted page of quotes has hundreds, and each is read in every language. */
function some<Found>(all: Iterable<Found>): readonly Found[] {
  return [...all].slice(0, 20);
}

/** The last day in the line that can mean nothing else, with the "on", "by" or "due" before it. */
function takeClearDay(
  line: string,
  { readDays, tongues }: QuickAddContext,
  isFree: (start: number, end: number) => boolean,
  take: (meaning: TokenMeaning, start: number, end: number) => void,
) {
  const clear = readDays(line).filter(({ index, text, isClear }) => isClear && isFree(index, index + text.length));
  const last = clear.at(-1);
  if (last === undefined || last.day === null || last.time !== null) return;
  const due = tongues.map(({ due }) => due).join('|');
  const before = new RegExp(`(?:^|\\s)((?:${due}) +)$`, 'i').exec(removeAccents(line.slice(0, last.index)))?.[1] ?? '';
  take({ kind: 'due', day: last.day }, last.index - before.length, last.index + last.text.length);
}

/** The longest run of words from here on that names a day. */
function dayAt(line: string, from: number, { readDay }: QuickAddContext): { day: Day; end: number } | null {
  for (const end of wordEnds(line, from)) {
    const found = readDay(line.slice(from, end));
    if (found?.day !== null && found?.day !== undefined && found.time === null) return { day: found.day, end };
  }
  return null;
}

function momentAt(line: string, from: number, { readDay }: QuickAddContext) {
  for (const end of wordEnds(line, from)) {
    const text = line.slice(from, end);
    const found = readDay(text) ?? bareHour(text);
    if (found?.time !== null && found?.time !== undefined) return { day: found.day, time: found.time, end };
  }
  return null;
}

/** "remind at 9". */
function bareHour(text: string): { day: null; time: string } | null {
  const hour = /^\d{1,2}$/.test(text) ? Number(text) : 24;
  return hour < 24 ? { day: null, time: `${String(hour).padStart(2, '0')}:00` } : null;
}

/** Where the next one to five words end, the longest run first. */
function wordEnds(line: string, from: number): readonly number[] {
  const words = [...line.slice(from).matchAll(/\S+/g)].slice(0, 5);
  return words.map(({ index, 0: word }) => from + index + word.length).toReversed();
}

/** Categories may be many; everything else is said once, and the first time counts. */
function firstOfEach(tokens: readonly QuickAddToken[]): readonly QuickAddToken[] {
  const seen = new Set<string>();
  return tokens.filter((token) => {
    const key = token.kind === 'category' ? `#${token.name.toLowerCase()}` : token.kind;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The line without its tokens: what the task is called. */
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

/** One space where a token stood, whatever was around it. */
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

/** "every day until last week" is no series: its words stay words. */
function hasDates(tokens: readonly QuickAddToken[], now: string): boolean {
  const { rule } = datesFromTokens(tokens, now);
  return rule === null || recurrenceProblems(rule).length === 0;
}

/**
 * A series without a day starts with its first one; with another day it starts there and continues on its own:
 * `goesOn`. A start needs a due date and never comes after it (docs/protocol.md#start-and-due-dates): `told` names the
 * rule that moved something.
 */
export function datesFromTokens(tokens: readonly QuickAddToken[], now: string) {
  const today = now.slice(0, 10) as Day;
  const repeat = tokens.find((token) => token.kind === 'repeat')?.rule ?? null;
  const start = tokens.flatMap((token) => (token.kind === 'start' ? [token.day] : [])).at(0) ?? null;
  const named = tokens.flatMap((token) => (token.kind === 'due' ? [token.day] : [])).at(0) ?? null;
  const first = repeat === null ? null : (firstDayOfPattern(repeat.pattern, start ?? named ?? today) ?? null);
  const due = named ?? (start === null ? first : start);
  const rule =
    repeat === null
      ? null
      : startRecurrence({ ...repeat, range: { ...repeat.range, startDate: first ?? today } }, today);
  const isLate = start !== null && due !== null && start > due;
  const told: 'startMoved' | 'dueFollows' | null = isLate
    ? 'startMoved'
    : start !== null && named === null
      ? 'dueFollows'
      : null;
  const stands = start ?? due;
  const goesOn = rule !== null && stands !== null && stands !== first ? first : null;
  return { start: isLate ? due : start, due, rule, told, goesOn };
}

/** A time alone is on the due day, or the next time the clock shows it. */
export function reminderFromTokens(tokens: readonly QuickAddToken[], due: Day | null, now: string): string | null {
  const said = tokens.find((token) => token.kind === 'reminder');
  if (said === undefined) return null;
  const today = now.slice(0, 10);
  const next = said.time > now.slice(11, 16) || !isDay(today) ? today : addDays(today, 1);
  return `${said.day ?? due ?? next}T${said.time}:00.000`;
}
