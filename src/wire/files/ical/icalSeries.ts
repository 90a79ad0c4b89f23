import { occurrences, recurrenceProblems, startRecurrence } from '../../../domain/recurrence/recurrence.ts';
import type { Recurrence, TaskPatch } from '../../../domain/task/task.ts';
import { addDays, daysBetween, toDay } from '../../../domain/time/time.ts';
import type { Day, ZonedTime } from '../../../domain/time/time.ts';
import { parameterOf, textOf } from './contentLines.ts';
import type { FileProperty } from './contentLines.ts';
import { quoteValue } from '../fileModel.ts';
import type { ImportProblem, PortableAttachment } from '../fileModel.ts';
import type { ReadTodo } from './icalTodo.ts';
import { momentOf, ownDay } from './icalTimes.ts';
import type { CalendarZones } from './icalTimes.ts';

export type SeriesEntry = { patch: TaskPatch; attachments: readonly PortableAttachment[] };
type Options = { zones: CalendarZones; problems: ImportProblem[] };

/**
 * The tasks of the VTODOs of one calendar, in their order. A series has no exceptions here, but a current date: dates at
 * its beginning that are done, moved or left out are passed, and each entry of one date (RECURRENCE-ID) is a task of its
 * own beside it. Exceptions after the current date are reported.
 */
export function entriesOfSeries(todos: readonly ReadTodo[], options: Options): readonly (readonly SeriesEntry[])[] {
  const overrides = new Map<string, ReadTodo[]>();
  for (const todo of todos) {
    const uid = isOverride(todo) ? uidOf(todo) : '';
    if (uid === '') continue;
    const known = overrides.get(uid);
    if (known === undefined) overrides.set(uid, [todo]);
    else known.push(todo);
  }
  return todos.map((todo) => {
    const single = { patch: todo.patch, attachments: todo.attachments };
    if (isOverride(todo) || todo.rule === null || todo.begins === undefined) {
      if (todo.rule === null) reportDates(todo, options.problems);
      return [single];
    }
    const found = overrides.get(uidOf(todo)) ?? [];
    overrides.delete(uidOf(todo));
    return seriesOf(todo, { rule: todo.rule, begins: todo.begins }, found, options);
  });
}

const find = ({ component }: ReadTodo, name: string) => component.properties.find((property) => property.name === name);
const uidOf = (todo: ReadTodo) => textOf(find(todo, 'uid'));
const isOverride = (todo: ReadTodo) => find(todo, 'recurrence-id') !== undefined;

/** Without a series there is nothing to except from. */
function reportDates({ component }: ReadTodo, problems: ImportProblem[]): void {
  for (const property of component.properties)
    if (property.name === 'exdate') problems.push(problemOf(property, 'unknown'));
}

function problemOf({ line, name, value }: FileProperty, kind: ImportProblem['kind']): ImportProblem {
  return { at: String(line), kind, name: name.toUpperCase(), value: quoteValue(value) };
}

type Begun = { rule: NonNullable<ReadTodo['rule']>; begins: NonNullable<ReadTodo['begins']> };

function seriesOf(
  todo: ReadTodo,
  { rule, begins }: Begun,
  overrides: readonly ReadTodo[],
  options: Options,
): SeriesEntry[] {
  const { patch, attachments } = todo;
  const recurrence = startRecurrence(rule.recurrence, begins.day);
  const isDone = patch.status === 'completed';
  if (recurrenceProblems(recurrence).length > 0) {
    return [{ patch: isDone ? patch : { ...patch, recurrence: rule.recurrence }, attachments }];
  }
  const exceptions = exceptionsOf(todo, begins, overrides, options);
  const passed = new Set(exceptions.map(({ day }) => day));
  if (isDone) passed.add(begins.day);
  const current = currentDay(recurrence, begins.day, passed);
  for (const { day, property, isEntry } of exceptions) {
    const isLater = current.day !== undefined && day > current.day;
    // The series will have this date once more.
    if (isLater) options.problems.push(problemOf(property, isEntry ? 'changed' : 'value'));
  }
  const done: SeriesEntry[] = isDone ? [{ patch, attachments }] : [];
  if (current.day === undefined) {
    if (!isDone && overrides.length === 0) {
      options.problems.push({
        at: String(todo.component.line),
        kind: 'task',
        name: 'VTODO',
        value: patch.subject ?? '',
      });
    }
    return done;
  }
  const open = isDone ? reopened(patch) : patch;
  return [...done, { patch: movedTo(open, begins.day, current, recurrence), attachments }];
}

/** A task of the next date has not been done. */
function reopened({ completed: _completed, ...patch }: TaskPatch): TaskPatch {
  return { ...patch, status: 'notStarted', ...(patch.reminder && { isReminderOn: true }) };
}

type Exception = { day: Day; property: FileProperty; isEntry: boolean };

/** The dates that are left out (EXDATE) or have an entry of their own (RECURRENCE-ID), as days of the mailbox. */
function exceptionsOf(
  todo: ReadTodo,
  begins: Begun['begins'],
  overrides: readonly ReadTodo[],
  { zones, problems }: Options,
): readonly Exception[] {
  const shift = daysBetween(ownDay(begins.moment), begins.day);
  function dayOf(text: string, property: FileProperty): Day | undefined {
    const moment = momentOf(text, parameterOf(property, 'tzid'), zones, parameterOf(property, 'value'));
    if (moment === undefined || moment === 'none') return undefined;
    const clock = begins.moment.kind === 'time' ? begins.moment.clock : undefined;
    const day = clock === undefined || moment.kind === 'day' ? ownDay(moment) : toDay(clock.toLocal(moment.instant));
    return addDays(day, shift);
  }
  const excluded = todo.component.properties
    .filter(({ name }) => name === 'exdate')
    .flatMap((property) => property.value.split(',').map((text) => ({ text, property, isEntry: false })));
  const replaced = overrides.flatMap((override) => {
    const property = find(override, 'recurrence-id');
    return property === undefined ? [] : [{ text: property.value, property, isEntry: true }];
  });
  return [...excluded, ...replaced].flatMap(({ text, property, isEntry }) => {
    if (isEntry && parameterOf(property, 'range') !== undefined) problems.push(problemOf(property, 'changed'));
    const day = dayOf(text, property);
    if (day === undefined) problems.push(problemOf(property, 'value'));
    return day === undefined ? [] : [{ day, property, isEntry }];
  });
}

type Current = { day: Day | undefined; passed: number };

/** The first date that is not passed, and how many of a numbered series come before it. */
function currentDay(recurrence: Recurrence, first: Day, passed: ReadonlySet<Day>): Current {
  if (!passed.has(first)) return { day: first, passed: 0 };
  let count = 0;
  for (const day of occurrences(recurrence, first)) {
    if (!passed.has(day)) return { day, passed: count };
    count += 1;
  }
  return { day: undefined, passed: count };
}

function movedTo(patch: TaskPatch, from: Day, { day, passed }: Current, { pattern, range }: Recurrence): TaskPatch {
  const to = day ?? from;
  const distance = daysBetween(from, to);
  const moved = (time: ZonedTime) => ({
    ...time,
    local: `${addDays(toDay(time.local), distance)}${time.local.slice(10)}`,
  });
  const { start, due, reminder } = patch;
  const remaining =
    range.type === 'numbered'
      ? { ...range, startDate: to, numberOfOccurrences: range.numberOfOccurrences - passed }
      : { ...range, startDate: to };
  return {
    ...patch,
    ...(start && { start: moved(start) }),
    ...(due && { due: moved(due) }),
    ...(reminder && { reminder: moved(reminder) }),
    recurrence: { pattern, range: remaining },
  };
}
