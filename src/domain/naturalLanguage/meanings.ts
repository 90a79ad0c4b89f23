import type { Importance, RecurrenceRequest } from '../task/task.ts';
import type { Day } from '../time/time.ts';
import type { RulePattern } from './rules.ts';

/** What some words of a line set in a task. Times are 'HH:mm'. */
export type Meaning =
  /** A time is also the time of the reminder. */
  | { kind: 'due'; day: Day; time: string | null }
  /** A time alone: the day is that of the rest of the line, else the next day with that time. */
  | { kind: 'time'; time: string }
  | { kind: 'start'; day: Day }
  | { kind: 'range'; start: Day; due: Day; time: string | null }
  | { kind: 'repeat'; rule: RecurrenceRequest; time: string | null; from: Day | null }
  | { kind: 'reminder'; day: Day | null; time: string }
  | { kind: 'importance'; importance: Importance }
  | { kind: 'category'; name: string }
  | { kind: 'folder'; name: string };

/** A recurrence whose day may still depend on the task's own date. */
export type UnboundMeaning =
  | Exclude<Meaning, { kind: 'repeat' }>
  | { kind: 'repeat'; pattern: RulePattern; range: RecurrenceRequest['range']; time: string | null; from: Day | null };

/** Some words of the line, from offset `start` up to `end`. */
export type Span = { start: number; end: number; text: string };

/** Words with their meaning. Once the `key` is among the plain keys, they stay text. */
export type Token = Span & { key: string; meaning: Meaning; isPast: boolean };

/** Words with several meanings, or one that they may not have: nothing is set until one is chosen. */
export type Question = Span & { key: string; choices: readonly (Span & { meaning: Meaning; isPast: boolean })[] };

/** What cannot be kept although it was understood. */
export type Note =
  /** The words stay text: a task of the mailbox repeats by its dates only. */
  | (Span & { kind: 'afterCompletion' })
  /** A task has no time at which it ends. */
  | (Span & { kind: 'endTime' });

export type ParsedText = {
  tokens: readonly Token[];
  questions: readonly Question[];
  notes: readonly Note[];
  /** The line without its tokens. */
  subject: string;
};
