import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isDay, toDay } from '../time/time.ts';
import { parseDay } from './parser.ts';

// A Wednesday.
const reading = { now: '2026-03-18T11:24:00.000', locale: 'en-GB' };

describe('a day in words', () => {
  it.each([
    ['fri', '2026-03-20'],
    ['this fri', '2026-03-20'],
    ['next fri', '2026-03-27'],
    ['last friday', '2026-03-13'],
    ['today', '2026-03-18'],
    ['tomorrow', '2026-03-19'],
    ['day after tomorrow', '2026-03-20'],
    ['weekend', '2026-03-21'],
    ['next week', '2026-03-23'],
    ['in 3 weeks', '2026-04-08'],
    ['in a month', '2026-04-18'],
    ['+3d', '2026-03-21'],
    ['1 apr', '2026-04-01'],
    ['12 mar', '2027-03-12'],
    ['12 mars', '2027-03-12'],
    ['vendredi', '2026-03-20'],
    ['in 3 Wochen', '2026-04-08'],
    ['12 de abril', '2026-04-12'],
    ['the 1st', '2026-04-01'],
    ['on the 31st', '2026-03-31'],
    ['end of month', '2026-03-31'],
    ['29 feb', '2028-02-29'],
    ['29 feb 2028', '2028-02-29'],
    ['5/4', '2026-04-05'],
    ['2026-04-01', '2026-04-01'],
  ])('%s is %s', (text, day) => {
    expect(parseDay(text, reading)?.day).toBe(day);
  });

  it('reads 5/4 in the order of the region', () => {
    expect(parseDay('5/4', { ...reading, locale: 'en-US' })?.day).toBe('2026-05-04');
  });

  it.each([
    ['next fri', '2026-03-27', '2026-03-20'],
    ['wednesday', '2026-03-18', '2026-03-25'],
    ['tomorrow', '2026-03-19', null],
  ])('%s may name another day as well', (text, day, other) => {
    expect(parseDay(text, reading)).toMatchObject({ day, other });
  });

  it('prefers the language of the region', () => {
    expect(parseDay('mar', { ...reading, locale: 'fr-FR' })?.day).toBe('2026-03-24');
  });

  it.each([
    ['9:00', null, '09:00'],
    ['tomorrow 9am', '2026-03-19', '09:00'],
    ['fri 14:30', '2026-03-20', '14:30'],
    ['in 2 hours', '2026-03-18', '13:24'],
  ])('%s also has the time', (text, day, time) => {
    expect(parseDay(text, reading)).toMatchObject({ day, time });
  });

  it.each(['', 'milk', 'money', '31 feb', '29 feb 2027', 'fri and more', '32nd', 'the 0th'])('%j is no day', (text) => {
    expect(parseDay(text, reading)).toBeNull();
  });

  it('reads back every day written in full, whatever today is', () => {
    const days = fc.integer({ min: -40_000, max: 100_000 }).map((n) => addDays(toDay('2026-01-01'), n));
    fc.assert(
      fc.property(days, days, (today, day) => {
        expect(parseDay(day, { ...reading, now: `${today}T09:00:00.000` })?.day).toBe(day);
      }),
    );
  });

  it('returns only real days for any text', () => {
    const words = fc.constantFrom(
      'fri',
      'the',
      '31',
      '31st',
      'feb',
      'in',
      '3',
      'weeks',
      '9',
      'am',
      '/',
      ':',
      'mars',
      '^',
      'every',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (text) => {
          const found = parseDay(text, reading);
          if (found?.day) expect(isDay(found.day)).toBe(true);
          if (found?.time) expect(found.time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
        },
      ),
    );
  });
});
