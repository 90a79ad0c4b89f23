import type { Importance, TaskPatch } from '../../../domain/task/task.ts';
import { canonicalZone, dateOf, parseDateTime, toDay, zonedDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import type { CsvReadOptions, CsvTable, Row } from './csvTable.ts';
import { quoteValue } from '../fileModel.ts';
import type { ImportedFile, ImportProblem, PortableFolder, PortableTask } from '../fileModel.ts';
import { readIcalRule } from '../ical/icalRecurrence.ts';

/** A backup of TickTick as CSV: lists become folders, folders groups. Its days are midnights of a zone in the file. */
export const tickTickColumns = (names: readonly string[]) =>
  ['list name', 'title', 'content'].every((name) => names.includes(name));

const readColumns = new Set(
  ['folder name', 'list name', 'title', 'tags', 'content', 'start date', 'due date', 'repeat', 'priority', 'status']
    .concat(['completed time', 'timezone'])
    .concat(['kind', 'is check list', 'is all day', 'is floating', 'created time', 'order', 'column order', 'taskid'])
    .concat(['view mode', 'parentid']),
);

export function readTickTick({ columns, rows, problems: found }: CsvTable, { zone }: CsvReadOptions): ImportedFile {
  const problems = [...found];
  const folders = new Map<string, PortableFolder & { tasks: PortableTask[] }>();
  const unread = columns.filter((name) => name !== '' && !readColumns.has(name));
  for (const { row, at } of rows) {
    const cell = (name: string) => (row.get(name) ?? '').trim();
    const report = (kind: ImportProblem['kind'], name: string) =>
      problems.push({ at, kind, name, value: quoteValue(cell(name)) });
    for (const name of unread) if (cell(name) !== '') report('unknown', name);
    if (cell('title') === '' && cell('content') === '') {
      report('task', 'title');
      continue;
    }
    const [name, group] = [cell('list name') || null, cell('folder name') || null];
    const key = JSON.stringify([name, group]);
    const folder = folders.get(key) ?? { group, name, isDefault: false, tasks: [] };
    folder.tasks.push({ at, patch: patchOf(row, zone, report), attachments: [] });
    folders.set(key, folder);
  }
  return { folders: [...folders.values()], problems };
}

const importances = new Map<string, Importance>([
  ['0', 'normal'],
  ['1', 'low'],
  ['3', 'normal'],
  ['5', 'high'],
]);

function patchOf(row: Row, mailboxZone: string, report: (kind: 'value' | 'changed', name: string) => void): TaskPatch {
  const cell = (name: string) => (row.get(name) ?? '').trim();
  const zone = (cell('timezone') === '' ? undefined : canonicalZone(cell('timezone'))) ?? mailboxZone;
  const day = (name: string): Day | undefined => {
    const text = cell(name);
    const time = text === '' ? undefined : parseDateTime(text);
    if (text !== '' && time === undefined) report('value', name);
    return time && (time.instant === undefined ? toDay(time.local) : dateOf(time.instant, zone));
  };
  const [start, due] = [day('start date'), day('due date')];
  const status = ['0', '1', '2', ''].includes(cell('status')) ? cell('status') : undefined;
  if (status === undefined) report('value', 'status');
  const isDone = status === '1' || status === '2';
  const completed = day('completed time');
  const importance = importances.get(cell('priority') || '0');
  if (importance === undefined) report('value', 'priority');
  const begins = start ?? due;
  const rule =
    cell('repeat') === '' || begins === undefined
      ? undefined
      : readIcalRule(cell('repeat').replace(/^RRULE:/i, ''), { kind: 'day', day: begins }, begins, {
          mailboxZone,
          clockOf: () => undefined,
        });
  if (cell('repeat') !== '' && (rule === undefined || isDone)) report('value', 'repeat');
  else if (rule?.isChanged === true) report('changed', 'repeat');
  const tags = cell('tags')
    .split(',')
    .map((tag) => tag.trim());
  const categories = [...new Set(tags.filter((tag) => tag !== ''))];
  const content = (row.get('content') ?? '').replace(/\r\n?/g, '\n').replace(/^▫/gm, '☐ ').replace(/^▪/gm, '☑ ');
  return {
    subject: cell('title'),
    ...(content !== '' && { body: { contentType: 'text', content } }),
    ...(start !== undefined && { start: zonedDay(start, mailboxZone) }),
    ...(due !== undefined && { due: zonedDay(due, mailboxZone) }),
    ...(isDone && {
      status: 'completed',
      ...(completed !== undefined && { completed: zonedDay(completed, mailboxZone) }),
    }),
    ...(importance !== undefined && { importance }),
    ...(categories.length > 0 && { categories }),
    ...(rule !== undefined && !isDone && { recurrence: rule.recurrence }),
  };
}
