import type { RecurrenceRequest } from '../../../domain/task/task.ts';
import { addDays, dateOf, daysBetween, toDay, weekdays } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { momentOf, ownDay } from './icalTimes.ts';
import type { CalendarZones, IcalMoment } from './icalTimes.ts';
import { fromRrule, readRrule, skipsShortMonths } from './rrule.ts';
import type { RruleParts } from './rrule.ts';

/** A rule as a recurrence; `isChanged` where the pattern has dates that the rule leaves out. */
export type ReadRule = { recurrence: RecurrenceRequest; isChanged: boolean };

/**
 * The recurrence of an RRULE that begins at a moment, on `day` of the mailbox; undefined where no pattern expresses it.
 * Its days are those on the moment's own clock, moved where the mailbox has another day.
 */
export function readIcalRule(text: string, begins: IcalMoment, day: Day, zones: CalendarZones): ReadRule | undefined {
  const shift = daysBetween(ownDay(begins), day);
  const isFirstVersion = /^\s*(?:D|W|MP|MD|YM|YD)\d/i.test(text);
  const untilDay = (until: string) => lastDay(until, begins, shift, zones);
  const parts = isFirstVersion ? readVcalendarRule(text, untilDay) : readRrule(text, untilDay);
  const moved = parts === undefined ? undefined : shift === 0 ? parts : movedParts(parts, shift);
  const recurrence = fromRrule(moved, day);
  if (moved === undefined || recurrence === undefined) return undefined;
  return { recurrence, isChanged: skipsShortMonths(moved, recurrence) };
}

/** An UNTIL is an instant: its last day is counted on the clock of the start. */
function lastDay(until: string, begins: IcalMoment, shift: number, zones: CalendarZones): Day | undefined {
  const clock = begins.kind === 'time' ? begins.clock : undefined;
  const floating = { ...zones, ...(clock !== undefined && { clockOf: () => clock }) };
  const end = momentOf(until, 'start', floating);
  if (end === 'none') return toDay('4500-12-30');
  if (end === undefined) return /^(?:45|[5-9]\d)\d{6}/.test(until) ? toDay('4500-12-30') : undefined;
  if (end.kind === 'day') return addDays(end.day, shift);
  if (clock === undefined) {
    // Of a series of days: the day as written, unless it is the midnight of another zone.
    const isWritten = !end.isUtc || /T(?:000000|235959)/i.test(until);
    return isWritten ? toDay(end.local) : dateOf(end.instant, zones.mailboxZone);
  }
  const local = end.isUtc ? clock.toLocal(end.instant) : end.local;
  const isBefore = begins.kind === 'time' && local.slice(11) < begins.local.slice(11);
  return addDays(toDay(local), shift - (isBefore ? 1 : 0));
}

/** Only weekdays can move with the days: a day of a month may move into another month. */
function movedParts(parts: RruleParts, shift: number): RruleParts | undefined {
  const { byday, bymonthday, bymonth, bysetpos, freq } = parts;
  if (bymonthday !== undefined || bymonth !== undefined || bysetpos !== undefined) return undefined;
  if (byday === undefined) return parts;
  const codes = weekdays.map((name) => name.slice(0, 2).toUpperCase());
  const moved = [byday].flat().map((code) => codes[(codes.indexOf(code) + shift + 7) % 7]);
  const isWeekly = freq === 'WEEKLY' && [byday].flat().every((code) => codes.includes(code));
  return isWeekly && moved.every((code) => code !== undefined) ? { ...parts, byday: moved } : undefined;
}

// ---- vCalendar 1.0 ---------------------------------------------------------------------------------------------------

const firstVersionRule = /^(D|W|MP|MD|YM|YD)(\d{1,3})((?:\s+[\w+-]{1,20}){0,40})$/i;

/** A rule of vCalendar 1.0: `W1 MO #10`, `MP1 2+ TU #0`, `MD1 15 20270101T000000Z`. Without an end it occurs twice. */
function readVcalendarRule(text: string, untilDay: (until: string) => Day | undefined): RruleParts | undefined {
  const [matched, kind = '', interval = '', rest = ''] = firstVersionRule.exec(text.trim().replace(/#/g, '+_')) ?? [];
  if (matched === undefined) return undefined;
  const words = rest
    .trim()
    .toUpperCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  const [countText] = /^\+_\d{1,3}$/.exec(last) ?? [];
  const isDated = /^\d{8}/.test(last);
  const values = countText === undefined && !isDated ? words : words.slice(0, -1);
  const count = countText === undefined ? (isDated ? undefined : 2) : Number(countText.slice(2));
  const until = isDated ? untilDay(last) : undefined;
  if (isDated && until === undefined) return undefined;
  const range = { interval: Number(interval), count: count === 0 ? undefined : count, until };
  const numbers = values.map(Number);
  switch (kind.toUpperCase()) {
    case 'D':
      return values.length === 0 ? { freq: 'DAILY', ...range } : undefined;
    case 'W':
      return { freq: 'WEEKLY', ...range, byday: values.length === 0 ? undefined : values };
    case 'MP': {
      const [position = '', ...days] = values;
      const [, at = '', sign = ''] = /^(\d)([+-])$/.exec(position) ?? [];
      return at === '' ? undefined : { freq: 'MONTHLY', ...range, byday: days, bysetpos: Number(`${sign}${at}`) };
    }
    case 'MD':
      return numbers.every(Number.isInteger) ? { freq: 'MONTHLY', ...range, bymonthday: numbers } : undefined;
    case 'YM':
      return numbers.every(Number.isInteger) ? { freq: 'YEARLY', ...range, bymonth: numbers } : undefined;
    default:
      return undefined;
  }
}
