import { zonedTimeOf } from '../../../domain/changes/patchFromTask.ts';
import type { ZonedTime } from '../../../domain/time/time.ts';
import { parameterOf } from './contentLines.ts';
import type { FileComponent, FileProperty } from './contentLines.ts';
import type { ImportProblem } from '../fileModel.ts';
import { quoteValue } from '../fileModel.ts';
import { addDuration, instantOfMoment, momentOf, readDuration, readIcalMoment } from './icalTimes.ts';
import type { CalendarZones, IcalMoment } from './icalTimes.ts';

export type ReadReminder = { reminder: ZonedTime; isOn: boolean };
type AlarmOptions = {
  start: IcalMoment | undefined;
  end: IcalMoment | undefined;
  zones: CalendarZones;
  problems: ImportProblem[];
};

/**
 * The reminder of the first alarm that can be read; a task has one, so others are reported. It is off where the alarm
 * has been acknowledged (RFC 9074 §6).
 */
export function readReminder(
  components: readonly FileComponent[],
  properties: readonly FileProperty[],
  options: AlarmOptions,
): ReadReminder | undefined {
  const { problems } = options;
  let found: ReadReminder | undefined;
  const add = (read: ReadReminder | undefined, property: FileProperty) => {
    if (read !== undefined && found === undefined) found = read;
    else problems.push(problemOf(property, property.name === 'trigger' && read !== undefined ? 'VALARM' : undefined));
  };
  for (const alarm of components) {
    const find = (name: string) => alarm.properties.find((property) => property.name === name);
    const action = find('action')?.value.trim().toUpperCase();
    // Programs write an alarm of this kind where there is none (RFC 9074, Apple).
    if (alarm.name !== 'valarm' || action === 'NONE') continue;
    const trigger = find('trigger');
    const place = find('proximity') ?? find('x-apple-proximity');
    if (trigger === undefined || place !== undefined) {
      problems.push({ at: String(alarm.line), kind: 'value', name: 'VALARM', value: quoteValue(place?.value ?? '') });
      continue;
    }
    add(readTrigger(trigger, find('acknowledged') ?? find('x-moz-lastack'), options), trigger);
    const repeat = find('repeat');
    if (repeat !== undefined && repeat.value.trim() !== '0') problems.push(problemOf(repeat));
  }
  for (const property of properties) {
    if (property.name !== 'dalarm' && property.name !== 'aalarm') continue;
    // vCalendar 1.0: the time, then values for snoozing.
    const [time = ''] = property.value.split(';');
    const moment = momentOf(time, undefined, options.zones);
    const isTime = moment !== undefined && moment !== 'none';
    if (time !== '') add(isTime ? { reminder: reminderAt(moment, options.zones), isOn: true } : undefined, property);
  }
  return found;
}

function problemOf({ line, name, value }: FileProperty, shown?: string): ImportProblem {
  return { at: String(line), kind: 'value', name: shown ?? name.toUpperCase(), value: quoteValue(value) };
}

function readTrigger(
  trigger: FileProperty,
  acknowledged: FileProperty | undefined,
  options: AlarmOptions,
): ReadReminder | undefined {
  const { zones } = options;
  const moment = triggerMoment(trigger, options);
  if (moment === undefined) return undefined;
  const seen = acknowledged && readIcalMoment(acknowledged, zones);
  const isSeen =
    seen !== undefined &&
    seen !== 'none' &&
    instantOfMoment(seen, zones.mailboxZone) >= instantOfMoment(moment, zones.mailboxZone);
  return { reminder: reminderAt(moment, zones), isOn: !isSeen };
}

/** An instant, or relative to the start (RELATED=START, which is meant without it) or the end. */
function triggerMoment(trigger: FileProperty, { start, end, zones, problems }: AlarmOptions): IcalMoment | undefined {
  const written = readIcalMoment(trigger, zones);
  const tzid = parameterOf(trigger, 'tzid');
  if (written !== undefined && tzid !== undefined && zones.clockOf(tzid) === undefined) {
    problems.push({ at: String(trigger.line), kind: 'value', name: 'TZID', value: quoteValue(tzid) });
  }
  if (written !== undefined) return written === 'none' ? undefined : written;
  const isEnd = parameterOf(trigger, 'related')?.toUpperCase() === 'END';
  const near = isEnd ? (end ?? start) : (start ?? end);
  const distance = readDuration(trigger.value);
  return near === undefined || distance === undefined ? undefined : addDuration(near, distance, zones.mailboxZone);
}

function reminderAt(moment: IcalMoment, { mailboxZone }: CalendarZones): ZonedTime {
  return zonedTimeOf(instantOfMoment(moment, mailboxZone), mailboxZone);
}
