import type { Importance, Sensitivity, TaskStatus, TaskPatch } from '../../../domain/task/task.ts';
import { zonedDay } from '../../../domain/time/time.ts';
import { keysOf } from '../../../domain/objectKeys.ts';
import { parseCsvDay, isDayBeforeMonth } from './csvDates.ts';
import { readTable } from './csvTable.ts';
import type { CsvReadOptions, CsvTable, Row } from './csvTable.ts';
import { englishColumns, importanceWords, sensitivityWords, statusWords, truthOf } from './csvWords.ts';
import { formula, placeColumns } from './csvWriter.ts';
import { TaskFileError } from '../fileModel.ts';
import type { ImportedFile, ImportProblem, PortableFolder, PortableTask } from '../fileModel.ts';
import { readTickTick, tickTickColumns } from './tickTickCsv.ts';
import { readTodoist, todoistColumns } from './todoistCsv.ts';

function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/**
 * Reads CSV of Outlook in English and German, of this app, of Todoist and TickTick, and similar ones: columns in any
 * order and case; commas, semicolons or tabs; days in the short form of any locale.
 * @throws TaskFileError for a file without a column of subjects.
 */
export function readCsv(text: string, options: CsvReadOptions): ImportedFile {
  const table = readTable(text, (cells) => {
    const names = englishColumns(cells);
    const isKnown = names.includes('subject') || [todoistColumns, tickTickColumns].some((columns) => columns(names));
    return isKnown ? names : undefined;
  });
  if (table === undefined) {
    throw new TaskFileError('csv', 'This file has no column named “Subject” in its first lines.');
  }
  if (todoistColumns(table.columns)) return readTodoist(table, options);
  return tickTickColumns(table.columns) ? readTickTick(table, options) : readOutlook(table, options);
}

function readOutlook({ columns, rows, problems }: CsvTable, { zone, dayFirst }: CsvReadOptions): ImportedFile {
  const days = ['start date', 'due date', 'reminder date', 'date completed'];
  const isDayFirst = isDayBeforeMonth(rows.flatMap(({ row }) => days.map((name) => filled(row, name)))) ?? dayFirst;
  // Outlook writes 0 into its columns of hours and miles.
  const hasValue = (name: string) => rows.some(({ row }) => !['', '0'].includes(filled(row, name)));
  for (const name of new Set(columns)) {
    if (name !== '' && !readColumns.has(name) && hasValue(name)) {
      problems.push({ at: '1', kind: 'unknown', name, value: '' });
    }
  }
  const folders = new Map<string, PortableFolder & { tasks: PortableTask[] }>();
  for (const { row, at } of rows) {
    const patch = patchOf(row, { zone, isDayFirst, at, problems });
    if (patch === undefined) continue;
    const [name, group] = [filled(row, 'folder') || null, filled(row, 'folder group') || null];
    const key = JSON.stringify([name, group]);
    const folder = folders.get(key) ?? { group, name, isDefault: false, tasks: [] };
    folder.tasks.push({ at, patch, attachments: [] });
    folders.set(key, folder);
  }
  return { folders: [...folders.values()], problems };
}

/** Columns that are read, and Outlook's columns that repeat them. */
const readColumns: ReadonlySet<string> = new Set(
  ['Subject', 'Start Date', 'Due Date', 'Reminder On/Off', 'Reminder Date', 'Reminder Time', 'Date Completed']
    .concat(['% Complete', 'Categories', 'Notes', 'Priority', 'Private', 'Sensitivity', 'Status', ...placeColumns])
    .concat(['Schedule+ Priority'])
    .map((name) => name.toLowerCase()),
);

function filled(row: Row, name: string): string {
  return unguarded(row.get(name) ?? '').trim();
}

type Reading = { zone: string; isDayFirst: boolean; at: string; problems: ImportProblem[] };

function patchOf(row: Row, { zone, isDayFirst, at, problems }: Reading): TaskPatch | undefined {
  const subject = filled(row, 'subject');
  const notes = unguarded(row.get('notes') ?? '');
  if (subject === '' && notes.trim() === '') {
    problems.push({ at, kind: 'task', name: 'subject', value: '' });
    return undefined;
  }
  const missed = (name: string) => problems.push({ at, kind: 'value', name, value: filled(row, name) });
  const day = (name: string) => {
    const cell = filled(row, name);
    const found = parseCsvDay(cell, isDayFirst);
    if (isNoDate(cell) || found === noDay) return undefined;
    if (found === undefined) missed(name);
    return found && zonedDay(found, zone);
  };
  const word = <T extends string>(
    name: string,
    words: Readonly<Record<T, readonly string[]>>,
    numbers: readonly T[],
  ) => {
    const cell = filled(row, name).toLowerCase();
    if (cell === '') return undefined;
    const match = keysOf(words).find((key) =>
      [key, ...words[key]].some((written) => written.toLowerCase() === cell.normalize('NFC')),
    );
    const found = match ?? numbers[Number(cell)];
    if (found === undefined) missed(name);
    return found;
  };
  const [start, due] = [day('start date'), day('due date')];
  const share = shareIn(filled(row, '% complete'));
  if (share === undefined) missed('% complete');
  const completedOn = day('date completed');
  const isDone = share === 1 || completedOn !== undefined;
  const isStarted = share !== undefined && share > 0 && share < 1;
  const status =
    word('status', statusWords, statusNumbers) ?? (isDone ? 'completed' : isStarted ? 'inProgress' : undefined);
  // A task is in progress, without a number.
  if (isStarted) problems.push({ at, kind: 'changed', name: '% complete', value: filled(row, '% complete') });
  const isCompleted = status === 'completed';
  if (completedOn !== undefined && !isCompleted) missed('date completed');
  const completed = isCompleted ? completedOn : undefined;
  const reminder = reminderIn(row, isDayFirst);
  if (reminder === 'unreadable') missed('reminder time');
  const truth = (name: string) => {
    const cell = filled(row, name);
    const found = truthOf(cell);
    if (cell !== '' && found === undefined) missed(name);
    return found;
  };
  const isPrivate = truth('private') === true;
  const named = word('sensitivity', sensitivityWords, sensitivityNumbers);
  const sensitivity = isPrivate && (named === undefined || named === 'normal') ? 'private' : named;
  const importance = word('priority', importanceWords, importanceNumbers);
  const isReminderOn = truth('reminder on/off');
  // Outlook separates names by the list separator of the machine.
  const categories = filled(row, 'categories');
  const categoryTexts = categories.split(categories.includes(';') ? ';' : ',');
  const categoryNames = [...new Set(categoryTexts.map((name) => name.trim()).filter((name) => name !== ''))];
  return {
    subject,
    ...(notes !== '' && { body: { contentType: 'text', content: notes.replace(/\r\n?/g, '\n') } }),
    ...(start && { start }),
    ...(due && { due }),
    ...(status && { status }),
    ...(completed && { completed }),
    ...(importance && { importance }),
    ...(sensitivity && { sensitivity }),
    ...(categoryNames.length > 0 && { categories: categoryNames }),
    ...(typeof reminder === 'object' && { reminder: { local: reminder.local, zone } }),
    ...(isReminderOn !== undefined && { isReminderOn }),
  };
}

/** Outlook's numbers, which some versions and scripts write. */
const statusNumbers: readonly TaskStatus[] = ['notStarted', 'inProgress', 'completed', 'waitingOnOthers', 'deferred'];
const importanceNumbers: readonly Importance[] = ['low', 'normal', 'high'];
const sensitivityNumbers: readonly Sensitivity[] = ['normal', 'personal', 'private', 'confidential'];

/** Outlook's "none" where a date is required. */
const noDay = '4501-01-01';
const isNoDate = (cell: string) => ['', 'none', 'keine', 'ohne'].includes(cell.toLowerCase());

/**
 * From 0 to 1. Outlook writes fractions (1 is done, .5 half), others percents; undefined for text that is no number of
 * either.
 */
function shareIn(cell: string): number | undefined {
  if (cell === '') return 0;
  const [matched, digits = ''] = /^(\d{0,3}(?:[.,]\d{1,6})?)\s?%?$/.exec(cell) ?? [];
  const value = Number(digits.replace(',', '.'));
  if (matched === undefined || digits === '' || Number.isNaN(value) || value > 100) return undefined;
  return cell.endsWith('%') || value > 1 ? value / 100 : value;
}

function reminderIn(row: Row, isDayFirst: boolean): { local: string } | 'none' | 'unreadable' {
  const cell = filled(row, 'reminder date');
  const day = parseCsvDay(cell, isDayFirst);
  if (isNoDate(cell) || day === noDay) return 'none';
  const clock = filled(row, 'reminder time') || '0:00';
  const [matched, hour = '0', minute = '00', second = '00', half] =
    /^(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*([ap])?\.?m?\.?$/i.exec(clock) ?? [];
  const shift = half === undefined ? 0 : (half.toLowerCase() === 'p' ? 12 : 0) - (Number(hour) === 12 ? 12 : 0);
  const shown = Number(hour) + shift;
  if (day === undefined || matched === undefined || shown > 23 || minute > '59' || second > '59') return 'unreadable';
  return { local: `${day}T${String(shown).padStart(2, '0')}:${minute}:${second}.000` };
}
