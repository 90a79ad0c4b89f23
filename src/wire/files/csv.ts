import Papa from 'papaparse';
import type { Importance, Sensitivity, TaskStatus, Task, TaskPatch } from '../../domain/task/task.ts';
import { dayOf, localOf, zonedDay } from '../../domain/time/time.ts';
import type { Instant } from '../../domain/time/time.ts';
import { parseCsvDay, isDayBeforeMonth } from './csvDates.ts';
import { TaskFileError, quoteValue, writeWholeFile } from './fileModel.ts';
import type { PortableFolder, PortableTask, TaskFileWriter, ExportedFolder, ImportedFile } from './fileModel.ts';
import type { ImportProblem } from './fileModel.ts';
import { keysOf } from '../../domain/objectKeys.ts';

/** The columns of Outlook's own export of tasks, in its order. Those without a field in the API stay empty. */
export const outlookColumns = [
  'Subject',
  'Start Date',
  'Due Date',
  'Reminder On/Off',
  'Reminder Date',
  'Reminder Time',
  'Date Completed',
  '% Complete',
  'Total Work',
  'Actual Work',
  'Billing Information',
  'Categories',
  'Companies',
  'Contacts',
  'Mileage',
  'Notes',
  'Priority',
  'Private',
  'Role',
  'Schedule+ Priority',
  'Sensitivity',
  'Status',
] as const;

/** Added after Outlook's columns; Outlook ignores columns that it does not know. */
const placeColumns = ['Folder', 'Folder Group'] as const;

const statusNames: Readonly<Record<TaskStatus, string>> = {
  notStarted: 'Not Started',
  inProgress: 'In Progress',
  completed: 'Completed',
  waitingOnOthers: 'Waiting on someone else',
  deferred: 'Deferred',
};
const importanceNames: Readonly<Record<Importance, string>> = { low: 'Low', normal: 'Normal', high: 'High' };
const sensitivityNames: Readonly<Record<Sensitivity, string>> = {
  normal: 'Normal',
  personal: 'Personal',
  private: 'Private',
  confidential: 'Confidential',
};

/** The cells of a row by column name. A map, because the names come from files and may be those of Object's members. */
type Row = ReadonlyMap<string, string>;

export type CsvOptions = {
  /** Zone of the mailbox, in which the dates of the file are meant. */
  zone: string;
  /** Converts an HTML body to text. */
  plainText: (html: string) => string;
};

/**
 * Writes tasks as Outlook exports them, with the folder in two added columns. There are no columns for series and
 * attachments.
 */
export function csvWriter({ zone, plainText }: CsvOptions): TaskFileWriter {
  const fields = [...outlookColumns, ...placeColumns];
  const lines = (data: readonly Record<string, string>[], header: boolean) =>
    `${Papa.unparse({ fields, data: [...data] }, { newline: '\r\n', quotes: true, header })}\r\n`;
  let place = { Folder: '', 'Folder Group': '' };
  return {
    // Without the byte order mark, Excel reads the file in the machine's legacy code page.
    head: () => `\uFEFF${lines([], true)}`,
    group: () => '',
    folder({ name, group }) {
      place = { Folder: name, 'Folder Group': group };
      return '';
    },
    task: ({ task }) => lines([guarded({ ...rowOf(task, zone, plainText), ...place })], false),
    end: () => '',
  };
}

export function writeCsv(folders: readonly ExportedFolder[], options: CsvOptions): string {
  return writeWholeFile(csvWriter(options), folders);
}

/** Spreadsheets evaluate a cell that begins with one of these as a formula; an apostrophe before it makes it text. */
const formula = /^'*[=+\-@\t\r]/;

function guarded(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, formula.test(cell) ? `'${cell}` : cell]));
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

function rowOf(task: Task, zone: string, plainText: CsvOptions['plainText']): Record<string, string> {
  const { body, reminder, status } = task;
  const shown = (instant: Instant | null) => (instant === null ? '' : usDate(dayOf(instant, zone)));
  const local = reminder === null ? null : localOf(reminder, zone);
  return {
    Subject: task.subject,
    'Start Date': shown(task.start),
    'Due Date': shown(task.due),
    'Reminder On/Off': task.isReminderOn ? 'True' : 'False',
    'Reminder Date': local === null ? '' : usDate(local.slice(0, 10)),
    'Reminder Time': local === null ? '' : usTime(local.slice(11, 19)),
    'Date Completed': shown(task.completed),
    '% Complete': status === 'completed' ? '100' : '0',
    Categories: task.categories.join(';'),
    Notes: body.contentType === 'html' ? plainText(body.content) : body.content,
    Priority: importanceNames[task.importance],
    Private: task.sensitivity === 'private' ? 'True' : 'False',
    Sensitivity: sensitivityNames[task.sensitivity],
    Status: statusNames[status],
  };
}

/** The format of Outlook for the United States, which all its language versions read. */
function usDate(day: string): string {
  return `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}/${day.slice(0, 4)}`;
}

function usTime(time: string): string {
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 === 0 ? 12 : hour % 12}${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/**
 * Reads CSV of Outlook, of this app and similar ones: columns in any order and case; commas, semicolons or tabs; days
 * in the short form of any locale.
 * @param dayFirst whether 3/4/2026 means 3 April in the user's language, where the file does not show its order.
 * @throws TaskFileError for a file without a column of subjects.
 */
export function readCsv(text: string, { zone, dayFirst }: { zone: string; dayFirst: boolean }): ImportedFile {
  const { columns, rows, problems } = tableIn(text);
  if (!columns.includes('subject')) {
    throw new TaskFileError('csv', 'This file has no column named “Subject” in its first line.');
  }
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

/** The non-empty rows of a table, by column name, each with the number of its first line. */
function tableIn(text: string) {
  const file = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''));
  const [head = [], ...lines] = file.data;
  const columns = head.map((name) => name.trim().toLowerCase());
  const problems: ImportProblem[] = [];
  const rows: { row: Row; at: string }[] = [];
  const unclosed = new Set(file.errors.flatMap(({ row, type }) => (type === 'Quotes' ? (row ?? []) : [])));
  let line = 1 + breaksIn(head);
  for (const [index, cells] of lines.entries()) {
    line += 1;
    const at = String(line);
    line += breaksIn(cells);
    // An unclosed quote swallows the lines after it, so it must be reported.
    if (unclosed.has(index + 1)) {
      problems.push({ at, kind: 'value', name: '"', value: quoteValue(cells.join(',')) });
    }
    // Of columns with the same name, the first counts.
    const row = new Map(columns.map((name, column) => [name, cells[column] ?? ''] as const).toReversed());
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ row, at });
  }
  return { columns, rows, problems };
}

const breaksIn = (cells: readonly string[]) =>
  cells.reduce((sum, cell) => sum + cell.split(/\r\n|\r|\n/).length - 1, 0);

/** Columns that are read, and Outlook's columns that repeat them. */
const readColumns = new Set(
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
    if (cell === '' || cell.toLowerCase() === 'none') return undefined;
    const found = parseCsvDay(cell, isDayFirst);
    if (found === undefined) missed(name);
    return found && zonedDay(found, zone);
  };
  const word = <T extends string>(name: string, words: Readonly<Record<T, string>>, numbers: readonly T[]) => {
    const cell = filled(row, name).toLowerCase();
    if (cell === '') return undefined;
    const match = keysOf(words).find((key) => words[key].toLowerCase() === cell || key.toLowerCase() === cell);
    const found = match ?? numbers[Number(cell)];
    if (found === undefined) missed(name);
    return found;
  };
  const [start, due] = [day('start date'), day('due date')];
  const share = Number(filled(row, '% complete').replace('%', ''));
  const isDone = share === 100 || day('date completed') !== undefined;
  const partialStatus = share > 0 && share < 100 ? 'inProgress' : undefined;
  const status = word('status', statusNames, statusNumbers) ?? (isDone ? 'completed' : partialStatus);
  const completed = status === 'completed' ? day('date completed') : undefined;
  const reminder = reminderIn(row, isDayFirst);
  if (reminder === 'unreadable') missed('reminder time');
  const isPrivate = isTrue(filled(row, 'private'));
  const sensitivity = word('sensitivity', sensitivityNames, sensitivityNumbers) ?? (isPrivate ? 'private' : undefined);
  const importance = word('priority', importanceNames, importanceNumbers);
  const categories = filled(row, 'categories').split(/[;,]/);
  const named = [...new Set(categories.map((name) => name.trim()).filter((name) => name !== ''))];
  return {
    subject,
    ...(notes !== '' && { body: { contentType: 'text', content: notes.replaceAll('\r\n', '\n') } }),
    ...(start && { start }),
    ...(due && { due }),
    ...(status && { status }),
    ...(completed && { completed }),
    ...(importance && { importance }),
    ...(sensitivity && { sensitivity }),
    ...(named.length > 0 && { categories: named }),
    ...(typeof reminder === 'object' && { reminder: { local: reminder.local, zone } }),
    ...(filled(row, 'reminder on/off') !== '' && { isReminderOn: isTrue(filled(row, 'reminder on/off')) }),
  };
}

/** Outlook's numbers, which some versions and scripts write. */
const statusNumbers: readonly TaskStatus[] = ['notStarted', 'inProgress', 'completed', 'waitingOnOthers', 'deferred'];
const importanceNumbers: readonly Importance[] = ['low', 'normal', 'high'];
const sensitivityNumbers: readonly Sensitivity[] = ['normal', 'personal', 'private', 'confidential'];

const isTrue = (cell: string) => ['true', 'yes', '1', 'on', '-1'].includes(cell.toLowerCase());

function reminderIn(row: Row, isDayFirst: boolean): { local: string } | 'none' | 'unreadable' {
  const cell = filled(row, 'reminder date');
  if (cell === '') return 'none';
  const day = parseCsvDay(cell, isDayFirst);
  const clock = filled(row, 'reminder time') || '0:00';
  const [matched, hour = '0', minute = '00', second = '00', half] =
    /^(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*([ap])?\.?m?\.?$/i.exec(clock) ?? [];
  const shift = half === undefined ? 0 : (half.toLowerCase() === 'p' ? 12 : 0) - (Number(hour) === 12 ? 12 : 0);
  const shown = Number(hour) + shift;
  if (day === undefined || matched === undefined || shown > 23 || minute > '59' || second > '59') return 'unreadable';
  return { local: `${day}T${String(shown).padStart(2, '0')}:${minute}:${second}.000` };
}
