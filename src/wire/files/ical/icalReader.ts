import { textOf, parameterOf, parseFileComponents } from './contentLines.ts';
import type { FileComponent } from './contentLines.ts';
import { TaskFileError, quoteValue } from '../fileModel.ts';
import type { ImportedFile, ImportProblem, PortableFolder, PortableTask } from '../fileModel.ts';
import { entriesOfSeries } from './icalSeries.ts';
import { readCalendarZones } from './icalTimes.ts';
import { readTodo } from './icalTodo.ts';
import type { TodoOptions } from './icalTodo.ts';

export type IcalOptions = {
  zone: string;
  /** Whether places and links are put into the notes. */
  arePlacesNoted?: boolean;
};

/**
 * The tasks of an iCalendar file (RFC 5545, or vCalendar 1.0): every VTODO, with recurrences where the API has a pattern
 * for them. What has no place in a task and what cannot be read is reported with its line.
 * @param zone of the mailbox, for days and times without a zone.
 * @throws TaskFileError for text that is not iCalendar, is cut off, or has no tasks.
 */
export function readIcal(text: string, { zone, arePlacesNoted }: IcalOptions): ImportedFile {
  const parsed = parseFileComponents(text.replace(/^\uFEFF/, ''));
  if (parsed === undefined || parsed.components.length === 0) {
    throw new TaskFileError('ical', 'This file is not iCalendar, or it is cut off.');
  }
  const problems: ImportProblem[] = parsed.strays.map(({ line, text: stray }) => ({
    at: String(line),
    kind: 'value',
    name: '',
    value: quoteValue(stray),
  }));
  const folders = new Map<string, PortableFolder & { tasks: PortableTask[] }>();
  for (const calendar of parsed.components) {
    for (const { folder, task } of tasksIn(calendar, {
      zones: readCalendarZones(calendar.components, zone),
      problems,
      arePlacesNoted,
    })) {
      const key = JSON.stringify([folder.name, folder.group]);
      const known = folders.get(key) ?? { ...folder, isDefault: false, tasks: [] };
      known.tasks.push(task);
      folders.set(key, known);
    }
  }
  if (folders.size === 0) throw new TaskFileError('noTasks', 'There is no task (VTODO) in this iCalendar file.');
  return { folders: [...folders.values()], problems: problems.toSorted((a, b) => Number(a.at) - Number(b.at)) };
}

type FoundTask = { folder: Pick<PortableFolder, 'name' | 'group'>; task: PortableTask };

function tasksIn({ properties, components }: FileComponent, options: TodoOptions): FoundTask[] {
  const property = (name: string) => properties.find((one) => one.name === name);
  const calendar = textOf(property('x-wr-calname') ?? property('name'));
  const todos = components.filter(({ name }) => name === 'vtodo').map((component) => readTodo(component, options));
  for (const component of components) {
    const { name, line } = component;
    if (name === 'vtodo' || name === 'vtimezone') continue;
    const summary = textOf(component.properties.find((one) => one.name === 'summary'));
    options.problems.push({ at: String(line), kind: 'unknown', name: name.toUpperCase(), value: quoteValue(summary) });
  }
  return entriesOfSeries(todos, options).flatMap((entries, index) => {
    const component = todos[index]?.component;
    const place = component?.properties.find(({ name }) => name === 'x-threefold-folder');
    const folder = {
      name: textOf(place).trim() || calendar.trim() || null,
      group: parameterOf(place, 'x-group')?.trim() || null,
    };
    return entries.map((entry) => ({ folder, task: { at: String(component?.line ?? 1), ...entry } }));
  });
}
