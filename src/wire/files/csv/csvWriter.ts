import Papa from 'papaparse';
import type { Importance, Sensitivity, TaskStatus, Task } from '../../../domain/task/task.ts';
import { dayOf, localOf } from '../../../domain/time/time.ts';
import type { Instant } from '../../../domain/time/time.ts';
import { writeWholeFile } from '../fileModel.ts';
import type { TaskFileWriter, ExportedFolder } from '../fileModel.ts';

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
export const placeColumns = ['Folder', 'Folder Group'] as const;

export const statusNames: Readonly<Record<TaskStatus, string>> = {
  notStarted: 'Not Started',
  inProgress: 'In Progress',
  completed: 'Completed',
  waitingOnOthers: 'Waiting on someone else',
  deferred: 'Deferred',
};
export const importanceNames: Readonly<Record<Importance, string>> = { low: 'Low', normal: 'Normal', high: 'High' };
export const sensitivityNames: Readonly<Record<Sensitivity, string>> = {
  normal: 'Normal',
  personal: 'Personal',
  private: 'Private',
  confidential: 'Confidential',
};

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
  const line = (cells: readonly string[]) => `${Papa.unparse([[...cells]], { newline: '\r\n', quotes: true })}\r\n`;
  let place = { Folder: '', 'Folder Group': '' };
  return {
    // Without the byte order mark, Excel reads the file in the machine's legacy code page.
    head: () => `\uFEFF${line(fields)}`,
    group: () => '',
    folder({ name, group }) {
      place = { Folder: name, 'Folder Group': group };
      return '';
    },
    task({ task }) {
      const cells: Readonly<Record<string, string>> = guarded({ ...rowOf(task, zone, plainText), ...place });
      return line(fields.map((name) => cells[name] ?? ''));
    },
    end: () => '',
  };
}

export function writeCsv(folders: readonly ExportedFolder[], options: CsvOptions): string {
  return writeWholeFile(csvWriter(options), folders);
}

/** Spreadsheets evaluate a cell that begins with one of these as a formula; an apostrophe before it makes it text. */
export const formula = /^'*[=+\-@\t\r]/;

function guarded(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, formula.test(cell) ? `'${cell}` : cell]));
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
    // Ends with the separator, so that a comma in a single name is not taken for one.
    Categories: task.categories
      .map((name) => `${name};`)
      .join('')
      .replace(/^([^,;]*);$/, '$1'),
    Notes: (body.contentType === 'html' ? plainText(body.content) : body.content).replace(/\r\n?/g, '\n'),
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
