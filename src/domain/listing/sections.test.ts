import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays, addMs, atMidnight, daysBetween, instantOf, toDay, weekdayOf, weekdays } from '../time/time.ts';
import type { Day } from '../time/time.ts';
import { dueSectionOf, isInEvening, periodOf } from './sections.ts';

const zones = [
  'Europe/Paris',
  'America/Los_Angeles',
  'Pacific/Kiritimati',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'UTC',
];
/** The clocks change in one zone or another on some of these days. */
const days = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-04-24', '2026-06-10', '2026-10-25', '2026-11-01'].map(
  toDay,
);
const at = (day: Day, time: string, zone: string) => instantOf({ local: `${day}T${time}`, zone });

describe.each(zones)('the evening in %s', (zone) => {
  test.each(days)('of %s begins exactly at 17:00 and ends exactly at midnight', (day) => {
    const evening = at(day, '17:00:00.000', zone);
    const midnight = atMidnight(addDays(day, 1), zone);
    expect(isInEvening(addMs(evening, -1), day, zone)).toBe(false);
    expect(isInEvening(evening, day, zone)).toBe(true);
    expect(isInEvening(addMs(midnight, -1), day, zone)).toBe(true);
    expect(isInEvening(midnight, day, zone)).toBe(false);
    expect(isInEvening(addMs(midnight, -1), addDays(day, 1), zone)).toBe(false);
  });
});

describe('sections of Today', () => {
  const today = toDay('2026-03-29');
  const zone = 'Europe/Paris';
  const section = (due: string, reminder: string | null = null, isReminderOn = reminder !== null) =>
    dueSectionOf({ reminder, isReminderOn }, toDay(due), { today, zone, view: 'today' });

  it('has overdue tasks first, whatever their reminder', () => {
    expect(section('2026-03-28')).toBe('overdue');
    expect(section('2026-03-01', at(today, '18:00:00.000', zone))).toBe('overdue');
  });

  it('divides the day by the reminder: an evening begins at 17:00', () => {
    expect(section('2026-03-29')).toBe('today');
    expect(section('2026-03-29', at(today, '16:59:59.999', zone))).toBe('today');
    expect(section('2026-03-29', at(today, '17:00:00.000', zone))).toBe('evening');
    expect(section('2026-03-29', at(today, '18:00:00.000', zone), false)).toBe('today');
    expect(section('2026-03-29', at(addDays(today, -1), '18:00:00.000', zone))).toBe('today');
    expect(section('2026-03-29', at(addDays(today, 1), '18:00:00.000', zone))).toBe('today');
  });

  it('has what is started and due later under a heading of its own, never Tomorrow or Later', () => {
    expect(section('2026-03-30')).toBe('started');
    expect(section('2026-09-01')).toBe('started');
    expect(section('2026-09-01', at(today, '19:00:00.000', zone))).toBe('evening');
  });

  it('follows the zone: 23:30 in Paris is tomorrow morning in Auckland', () => {
    const reminder = at(today, '23:30:00.000', 'Europe/Paris');
    const inAuckland = { today: toDay('2026-03-30'), zone: 'Pacific/Auckland', view: 'today' as const };
    expect(dueSectionOf({ reminder, isReminderOn: true }, toDay('2026-03-30'), inAuckland)).toBe('today');
  });
});

describe('sections of Upcoming', () => {
  const today = toDay('2026-12-01');
  const period = (day: string, weekStart: (typeof weekdays)[number] = 'monday') =>
    periodOf(toDay(day), today, weekStart).slice(4);

  it.each([
    ['2026-12-02', '2026-12-02'],
    ['2026-12-15', '2026-12-15'],
    // The rest of the week in which the single days end.
    ['2026-12-16', '2026-12-16/2026-12-20'],
    ['2026-12-20', '2026-12-16/2026-12-20'],
    ['2026-12-21', '2026-12-21/2026-12-27'],
    // A week ends with the month after which the months begin.
    ['2026-12-31', '2026-12-28/2026-12-31'],
    ['2027-01-01', '2027-01'],
    ['2027-01-31', '2027-01'],
    ['2028-02-29', '2028-02'],
  ])('puts %s under %s', (day, expected) => {
    expect(period(day)).toBe(expected);
  });

  it('begins weeks on the given day', () => {
    expect(period('2026-12-21', 'sunday')).toBe('2026-12-20/2026-12-26');
    expect(period('2026-12-21', 'saturday')).toBe('2026-12-19/2026-12-25');
  });

  /** First and last day of a period as its key names it. */
  function daysOf(key: string): readonly [Day, Day] {
    const text = key.slice(4);
    if (text.length === 7) {
      const first = toDay(`${text}-01`);
      let last = first;
      while (addDays(last, 1).startsWith(text)) last = addDays(last, 1);
      return [first, last];
    }
    return text.length === 10 ? [toDay(text), toDay(text)] : [toDay(text), toDay(text.slice(11))];
  }

  it('divides all days to come: each in the one period that names it, in the order of their keys', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1500 }),
        fc.constantFrom(...weekdays),
        fc.integer({ min: 1, max: 500 }),
        (from, weekStart, away) => {
          const first = addDays(toDay('2026-01-01'), from);
          const day = addDays(first, away);
          const key = periodOf(day, first, weekStart);
          const [begin, end] = daysOf(key);
          expect(begin <= day && day <= end).toBe(true);
          expect(begin > first).toBe(true);
          for (const other of [begin, end]) expect(periodOf(other, first, weekStart)).toBe(key);
          const next = addDays(end, 1);
          const following = periodOf(next, first, weekStart);
          expect(following > key).toBe(true);
          expect(daysOf(following)[0]).toBe(next);
          expect(away <= 14 ? daysBetween(begin, end) : 0).toBe(0);
          if (away > 14 && daysBetween(begin, end) === 6) expect(weekdayOf(begin)).toBe(weekStart);
        },
      ),
    );
  });
});
