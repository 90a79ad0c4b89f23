import type { TaskPatch } from '../../../domain/task/task.ts';
import { zonedDay } from '../../../domain/time/time.ts';
import { parseFileComponents, textOf } from './contentLines.ts';
import type { FileComponent } from './contentLines.ts';
import { dayOfMoment, readCalendarZones, readIcalMoment } from './icalTimes.ts';
import type { CalendarZones } from './icalTimes.ts';

/** A task for each event of a calendar, due on its first day; empty for other text. */
export function tasksOfEvents(text: string, zone: string): readonly TaskPatch[] {
  const calendars = parseFileComponents(text.replace(/^\uFEFF/, ''))?.components ?? [];
  return calendars.flatMap(({ components }) => {
    const zones = readCalendarZones(components, zone);
    return components.filter(({ name }) => name === 'vevent').map((event) => taskOf(event, zones));
  });
}

function taskOf({ properties }: FileComponent, zones: CalendarZones): TaskPatch {
  const find = (name: string) => properties.find((property) => property.name === name);
  const start = find('dtstart');
  const moment = start && readIcalMoment(start, zones);
  const notes = ['location', 'description', 'url'].map((name) => textOf(find(name)).trim());
  const content = notes.filter((part) => part !== '').join('\n\n');
  return {
    subject: textOf(find('summary')).trim(),
    ...(content !== '' && { body: { contentType: 'text', content } }),
    ...(moment !== undefined &&
      moment !== 'none' && { due: zonedDay(dayOfMoment(moment, zones.mailboxZone), zones.mailboxZone) }),
  };
}
