import { describe, expect, test } from 'vitest';
import { addDays, toDay } from '../../domain/time/time.ts';
import {
  clockLabel,
  dateLabel,
  dayLabel,
  dueTone,
  longDay,
  relativeDay,
  shortDay,
  weekdayLabel,
  periodLabel,
} from './dateLabels.ts';

const today = toDay('2026-03-18');

describe('dayLabel', () => {
  test.each<[number, string]>([
    [-1, 'Yesterday'],
    [0, 'Today'],
    [1, 'Tomorrow'],
    [9, 'Fri 27 Mar'],
    [-5, 'Fri 13 Mar'],
  ])('%i days from today', (away, label) => {
    expect(dayLabel(addDays(today, away), today, 'en-GB').replace(',', '')).toBe(label);
  });

  test('the year is shown only when it is not the current one', () => {
    expect(dayLabel(toDay('2027-01-01'), today, 'en-GB')).toMatch(/2027$/);
    expect(dayLabel(toDay('2026-12-31'), today, 'en-GB')).not.toMatch(/2026/);
  });

  test('order and words follow the locale', () => {
    expect(dayLabel(toDay('2026-03-27'), today, 'en-US')).toBe('Fri, Mar 27');
    expect(dayLabel(today, today, 'de-DE')).toBe('Heute');
    expect(dayLabel(addDays(today, 1), today, 'fr-FR')).toBe('Demain');
  });

  test('a day does not depend on the machine’s zone', () => {
    expect(shortDay(toDay('2026-03-29'), today, 'en-US')).toBe('Sun, Mar 29');
    expect(shortDay(toDay('2026-10-25'), today, 'en-US')).toBe('Sun, Oct 25');
  });
});

test('longDay, dateLabel, weekdayLabel', () => {
  expect(longDay(toDay('2026-03-27'), today, 'en-US')).toBe('Friday, March 27');
  expect(dateLabel(toDay('2026-03-02'), today, 'en-GB')).toBe('2 Mar');
  expect(weekdayLabel(toDay('2026-03-27'), 'en-GB')).toBe('Fri');
});

test('the tone of a due date, which a completed task does not have', () => {
  const today = toDay('2026-03-18');
  const yesterday = addDays(today, -1);
  const tones = [yesterday, today, addDays(today, 1), null, undefined].map((due) => dueTone(due, today, false));
  expect(tones).toEqual(['late', 'now', 'plain', 'plain', 'plain']);
  expect(dueTone(yesterday, today, true)).toBe('plain');
});

test.each([
  ['2026-03-19', 'Tomorrow'],
  ['2026-03-27', 'Friday 27 March'],
  ['2027-01-01', 'Friday 1 January 2027'],
  ['2026-04', 'April'],
  ['2027-01', 'January 2027'],
])('the heading of the period %s', (period, label) => {
  expect(periodLabel(period, toDay('2026-03-18'), 'en-GB').replace(',', '')).toBe(label);
});

test('the heading of a week is its first and last day', () => {
  const label = periodLabel('2026-03-30/2026-04-05', toDay('2026-03-18'), 'en-GB');
  expect(label.replaceAll(/\s/g, '')).toBe('30Mar–5Apr');
});

describe('relativeDay', () => {
  test.each<[number, string]>([
    [0, 'Today'],
    [-2, '2 days ago'],
    [9, 'In 9 days'],
    [14, 'In 14 days'],
    [15, 'In 2 weeks'],
    [-27, '3 weeks ago'],
  ])('%i', (away, label) => {
    expect(relativeDay(addDays(today, away), today, 'en-GB')).toBe(label);
  });
});

describe('clockLabel', () => {
  const instant = '2026-03-18T13:30:00.000Z';
  test('uses the given zone', () => {
    expect(clockLabel(instant, 'Europe/Paris', 'en-GB')).toBe('14:30');
    expect(clockLabel(instant, 'America/New_York', 'en-GB')).toBe('09:30');
  });
  test('has twelve or twenty-four hours by locale', () => {
    expect(clockLabel(instant, 'Europe/Paris', 'en-US')).toMatch(/^2:30\sPM$/);
  });
});
