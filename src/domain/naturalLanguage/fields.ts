import { startRecurrence } from '../recurrence/recurrence.ts';
import { firstDayOfPattern } from '../recurrence/recurrencePatterns.ts';
import type { Recurrence, TaskPatch } from '../task/task.ts';
import { addDays, toDay, zonedDay } from '../time/time.ts';
import type { Day } from '../time/time.ts';
import type { Meaning } from './meanings.ts';

export type Fields = {
  start: Day | null;
  due: Day | null;
  rule: Recurrence | null;
  /** The wall-clock time, 'yyyy-MM-ddTHH:mm:00.000'. */
  reminder: string | null;
  /** What the rules between dates changed (docs/protocol.md#start-and-due-dates). */
  adjustment: 'startMoved' | 'dueFollows' | null;
  /** The day on which a series continues after a first day outside its pattern. */
  continuesOn: Day | null;
  /** The folder's name. */
  folder: string | null;
};

type HasMeaning = { meaning: Meaning };

/** The meaning of one kind among the tokens; null without one. */
function meaningOf<Kind extends Meaning['kind']>(
  tokens: readonly HasMeaning[],
  kind: Kind,
): Extract<Meaning, { kind: Kind }> | null {
  const isKind = (meaning: Meaning): meaning is Extract<Meaning, { kind: Kind }> => meaning.kind === kind;
  return tokens.map(({ meaning }) => meaning).find(isKind) ?? null;
}

/**
 * The fields that the tokens of a line set together. A series without a day begins on its first occurrence, a time without
 * one means the next day with that time, and a start needs a due date and never follows it.
 */
export function fieldsOf(tokens: readonly HasMeaning[], now: string): Fields {
  const today = toDay(now);
  const range = meaningOf(tokens, 'range');
  const due = meaningOf(tokens, 'due');
  const repeat = meaningOf(tokens, 'repeat');
  const timeAlone = meaningOf(tokens, 'time');
  const time = due?.time ?? range?.time ?? timeAlone?.time ?? repeat?.time ?? null;
  const next = (time: string) => (time > now.slice(11, 16) ? today : addDays(today, 1));
  const start = meaningOf(tokens, 'start')?.day ?? range?.start ?? null;
  const named =
    due?.day ?? range?.due ?? (repeat === null && start === null && timeAlone !== null ? next(timeAlone.time) : null);
  const from = repeat?.from ?? null;
  const earliest = start ?? named ?? (from !== null && from > today ? from : time === null ? today : next(time));
  // The first one is the next day of its kind: intervals count from there.
  const first = repeat === null ? null : (firstDayOfPattern({ ...repeat.rule.pattern, interval: 1 }, earliest) ?? null);
  const day = named ?? (start === null ? first : start);
  const rule =
    repeat === null
      ? null
      : startRecurrence({ ...repeat.rule, range: { ...repeat.rule.range, startDate: first ?? today } }, today);
  const isStartAfterDue = start !== null && day !== null && start > day;
  const firstDay = start ?? day;
  return {
    start: isStartAfterDue ? day : start,
    due: day,
    rule,
    reminder: reminderOf(tokens, { day: start !== null && range !== null ? start : day, time, next }),
    adjustment: isStartAfterDue ? 'startMoved' : start !== null && named === null ? 'dueFollows' : null,
    continuesOn: rule !== null && firstDay !== null && firstDay !== first ? first : null,
    folder: meaningOf(tokens, 'folder')?.name ?? null,
  };
}

/** A reminder that is said goes before the time of the day that is due. */
function reminderOf(
  tokens: readonly HasMeaning[],
  { day, time, next }: { day: Day | null; time: string | null; next: (time: string) => Day },
): string | null {
  const reminder = meaningOf(tokens, 'reminder');
  if (reminder !== null) return `${reminder.day ?? day ?? next(reminder.time)}T${reminder.time}:00.000`;
  return time === null ? null : `${day ?? next(time)}T${time}:00.000`;
}

/** The task that a line with these tokens makes. Days are days of `zone`. */
export function patchOf(
  { subject, tokens }: { subject: string; tokens: readonly HasMeaning[] },
  { now, zone }: { now: string; zone: string },
): TaskPatch {
  const patch: TaskPatch = { subject };
  const categories = tokens.flatMap(({ meaning }) => (meaning.kind === 'category' ? [meaning.name] : []));
  if (categories.length > 0) patch.categories = categories;
  const importance = meaningOf(tokens, 'importance');
  if (importance !== null) patch.importance = importance.importance;
  const { start, due, rule, reminder } = fieldsOf(tokens, now);
  if (start !== null) patch.start = zonedDay(start, zone);
  if (due !== null) patch.due = zonedDay(due, zone);
  if (rule !== null) patch.recurrence = { ...rule, range: { ...rule.range, zone } };
  if (reminder !== null) {
    patch.reminder = { local: reminder, zone };
    patch.isReminderOn = true;
  }
  return patch;
}
