import ICAL from 'ical.js';
import type { Importance, Sensitivity, TaskStatus, TaskPatch } from '../../domain/task/task.ts';
import { dateOf, isDay, zonedDay, type Day } from '../../domain/time/time.ts';
import { textBody, truncateText } from './tasksFromShare.ts';

type Component = InstanceType<typeof ICAL.Component>;
type Patch = TaskPatch & { subject: string };

const statuses: Readonly<Record<string, TaskStatus>> = {
  'NEEDS-ACTION': 'notStarted',
  'IN-PROCESS': 'inProgress',
  COMPLETED: 'completed',
  CANCELLED: 'deferred',
};
const sensitivities: Readonly<Record<string, Sensitivity>> = { PRIVATE: 'private', CONFIDENTIAL: 'confidential' };

/** The tasks (VTODO) of an iCalendar text; without any, a task for each event, due on its first day. Empty for other text. */
export function tasksFromCalendar(text: string, zone: string): readonly Patch[] {
  let calendars: readonly Component[];
  try {
    const parsed: unknown = ICAL.parse(text);
    // A file holds one calendar, or an array of several.
    const jCals: readonly unknown[] = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed];
    calendars = jCals.filter(isJCal).map((jCal) => new ICAL.Component(jCal));
  } catch {
    return [];
  }
  const all = (name: string) => calendars.flatMap((calendar) => calendar.getAllSubcomponents(name));
  const todos = all('vtodo');
  return todos.length > 0
    ? todos.map((todo) => taskOf(todo, zone))
    : all('vevent').map((event) => eventTask(event, zone));
}

type JCal = ConstructorParameters<typeof ICAL.Component>[0] & unknown[];

/** Whether the value has the shape of a jCal component (RFC 7265): a name, properties and components. */
function isJCal(value: unknown): value is JCal {
  return Array.isArray(value) && typeof value[0] === 'string' && Array.isArray(value[1]) && Array.isArray(value[2]);
}

function taskOf(todo: Component, zone: string): Patch {
  const [start, due] = [dayIn(todo, 'dtstart', zone), dayIn(todo, 'due', zone)];
  const priority = Number(textIn(todo, 'priority'));
  const importance: Importance = priority >= 1 && priority <= 4 ? 'high' : priority >= 6 ? 'low' : 'normal';
  const status = statuses[textIn(todo, 'status').toUpperCase()];
  const sensitivity = sensitivities[textIn(todo, 'class').toUpperCase()];
  const categories = todo.getAllProperties('categories').flatMap((property) => property.getValues().map(String));
  return {
    ...textsOf(todo),
    // A start needs a due day (docs/protocol.md#start-and-due-dates).
    ...(start !== undefined && due !== undefined && start <= due && { start: zonedDay(start, zone) }),
    ...(due !== undefined && { due: zonedDay(due, zone) }),
    ...(importance !== 'normal' && { importance }),
    ...(status !== undefined && status !== 'notStarted' && { status }),
    ...(sensitivity !== undefined && { sensitivity }),
    ...(categories.length > 0 && { categories: [...new Set(categories)] }),
  };
}

function eventTask(event: Component, zone: string): Patch {
  const due = dayIn(event, 'dtstart', zone);
  return { ...textsOf(event), ...(due !== undefined && { due: zonedDay(due, zone) }) };
}

function textsOf(component: Component): Patch {
  const notes = ['location', 'description', 'url'].map((name) => textIn(component, name)).filter((part) => part !== '');
  const subject = truncateText(textIn(component, 'summary'));
  return {
    subject: subject === '' ? truncateText(notes[0] ?? textIn(component, 'uid')) : subject,
    ...textBody(notes.join('\n\n')),
  };
}

function textIn(component: Component, name: string): string {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** The day as written; of a time in UTC, the day in `zone`. */
function dayIn(component: Component, name: string, zone: string): Day | undefined {
  const value: unknown = component.getFirstPropertyValue(name);
  if (!(value instanceof ICAL.Time)) return undefined;
  const [written, isUtc] = [value.toString(), value.zone === ICAL.Timezone.utcTimezone];
  const day = isUtc && !value.isDate ? dateOf(`${written.slice(0, 19)}Z`, zone) : written.slice(0, 10);
  return isDay(day) ? day : undefined;
}
