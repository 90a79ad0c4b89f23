import type { TaskPatch } from '../../../domain/task/task.ts';
import { dateOf, parseDateTime, toDay, zonedDay } from '../../../domain/time/time.ts';
import type { CsvReadOptions, CsvTable, Row } from './csvTable.ts';
import { quoteValue } from '../fileModel.ts';
import type { ImportedFile, ImportProblem, PortableTask } from '../fileModel.ts';

/*
 * CSV of Todoist: one project, without its name. Subtasks (INDENT) become items of their task's checklist, comments
 * (TYPE note) end its notes.
 */

export const todoistColumns = (names: readonly string[]) =>
  ['type', 'content', 'priority'].every((name) => names.includes(name));

const readColumns = new Set(['type', 'content', 'description', 'priority', 'indent', 'date']);
/** Columns that describe the others. */
const silentColumns = new Set(['date_lang', 'timezone', 'author', 'view_style', 'is_collapsed', 'meta']);

type Draft = { at: string; patch: TaskPatch; notes: string[]; items: string[] };

export function readTodoist({ columns, rows, problems: found }: CsvTable, { zone }: CsvReadOptions): ImportedFile {
  const problems = [...found];
  const tasks: Draft[] = [];
  const unread = new Set(columns.filter((name) => name !== '' && !readColumns.has(name) && !silentColumns.has(name)));
  for (const { row, at } of rows) {
    const cell = (name: string) => (row.get(name) ?? '').trim();
    const report = (kind: ImportProblem['kind'], name: string) =>
      problems.push({ at, kind, name, value: quoteValue(cell(name)) });
    for (const name of unread) if (cell(name) !== '') report('unknown', name);
    const last = tasks.at(-1);
    const type = cell('type').toLowerCase();
    if (type === 'task' && Number(cell('indent') || 1) > 1 && last !== undefined) {
      last.items.push(...[cell('content'), cell('description')].filter((text) => text !== ''));
      if (cell('date') !== '') report('unknown', 'date');
    } else if (type === 'task' && cell('content') !== '') tasks.push(draftOf(row, at, zone, report));
    else if (type === 'note' && last !== undefined) last.notes.push(cell('content'));
    else if (type !== '') report(type === 'task' ? 'task' : 'unknown', type === 'section' ? 'content' : 'type');
  }
  return { folders: [{ group: null, name: null, isDefault: false, tasks: tasks.map(taskOf) }], problems };
}

function draftOf(row: Row, at: string, zone: string, report: (kind: 'value', name: string) => void): Draft {
  const cell = (name: string) => (row.get(name) ?? '').trim();
  const priority = Number(cell('priority') || 4);
  if (!(Number.isInteger(priority) && priority >= 1 && priority <= 4)) report('value', 'priority');
  const date = cell('date') === '' ? undefined : parseDateTime(cell('date'));
  if (cell('date') !== '' && date === undefined) report('value', 'date');
  const day = date && (date.instant === undefined ? toDay(date.local) : dateOf(date.instant, zone));
  return {
    at,
    patch: {
      subject: cell('content'),
      importance: priority === 1 ? 'high' : 'normal',
      ...(day !== undefined && { due: zonedDay(day, zone) }),
    },
    notes: cell('description') === '' ? [] : [cell('description')],
    items: [],
  };
}

function taskOf({ at, patch, notes, items }: Draft): PortableTask {
  const lines = [...items.map((item) => `☐ ${item.replace(/\s+/g, ' ')}`), ...notes];
  const body = { contentType: 'text', content: lines.join('\n') } as const;
  return { at, attachments: [], patch: { ...patch, ...(lines.length > 0 && { body }) } };
}
