import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recurrenceProblems } from '../../../domain/recurrence/recurrence.ts';
import { startRecurrence } from '../../../domain/recurrence/recurrencePatterns.ts';
import type { Day } from '../../../domain/time/time.ts';
import { parseDay, parseDays } from '../../../ui/dates/dayParser.ts';
import { datesFromTokens, patchFromTokens, parseTokens, subjectFromTokens, tokenKey } from './quickAddParser.ts';
import type { QuickAddContext } from './quickAddParser.ts';
import { recurrenceLanguagesOf } from './recurrenceLanguages.ts';

// A Wednesday.
const now = '2026-03-18T11:24:00.000';
const reading = { now, locale: 'en-GB' };
const context: QuickAddContext = {
  now,
  zone: 'Europe/Paris',
  firstDayOfWeek: 'monday',
  readDays: (text) => parseDays(text, reading),
  readDay: (text) => parseDay(text, reading),
  tongues: recurrenceLanguagesOf(['en']),
};
const nothing: ReadonlySet<string> = new Set();
const read = (line: string, plain = nothing) => parseTokens(line, context, plain);
const made = (line: string) => patchFromTokens(line, read(line), context);
const midnight = (day: string) => ({ local: `${day}T00:00:00.000`, zone: 'Europe/Paris' });

describe('a quick-add line', () => {
  it('turns the words of the issue into fields', () => {
    expect(made('pay rent every month on the 1st !high #home ^fri remind 9:00')).toEqual({
      subject: 'pay rent',
      importance: 'high',
      categories: ['home'],
      due: midnight('2026-03-20'),
      reminder: { local: '2026-03-20T09:00:00.000', zone: 'Europe/Paris' },
      isReminderOn: true,
      recurrence: {
        pattern: { type: 'absoluteMonthly', interval: 1, dayOfMonth: 1 },
        range: { type: 'noEnd', startDate: '2026-04-01', zone: 'Europe/Paris' },
      },
    });
  });

  it.each([
    ['Water plants tomorrow', 'Water plants', '2026-03-19'],
    ['Call Bo on friday about the tiles', 'Call Bo about the tiles', '2026-03-20'],
    ['Tax return by 31 march', 'Tax return', '2026-03-31'],
    ['Passport in 3 weeks', 'Passport', '2026-04-08'],
    ['Fête ^12 mars', 'Fête', '2027-03-12'],
    ['Dentist ^sat', 'Dentist', '2026-03-21'],
  ])('%s', (line, subject, due) => {
    expect(made(line)).toEqual({ subject, due: midnight(due) });
  });

  it.each([
    'Sat on the bench',
    'Read chapter 3/4',
    'Buy 2 m of rope',
    'Fix #12',
    'Write "call on friday"',
    'What may come!',
    'a > b',
    '2 ^ 3',
    'Remind Bo of the keys',
    'Every cloud',
    'Ask everyone',
    'money back',
    'Gym every day until 1 jan 2020',
    '!high',
    'tomorrow',
  ])('%s stays words', (line) => {
    expect(made(line)).toEqual({ subject: line });
  });

  it('starts before it is due, and a start alone makes the due day', () => {
    expect(made('Paint >mon ^fri')).toMatchObject({ start: midnight('2026-03-20'), due: midnight('2026-03-20') });
    expect(made('Paint >fri ^in 2 weeks')).toMatchObject({
      start: midnight('2026-03-20'),
      due: midnight('2026-04-01'),
    });
    expect(made('Paint >fri')).toMatchObject({ start: midnight('2026-03-20'), due: midnight('2026-03-20') });
  });

  it.each<[string, object, object]>([
    ['every day', { type: 'daily', interval: 1 }, { type: 'noEnd' }],
    ['daily', { type: 'daily', interval: 1 }, { type: 'noEnd' }],
    ['every other day', { type: 'daily', interval: 2 }, { type: 'noEnd' }],
    ['every weekday', { type: 'weekly', daysOfWeek: expect.objectContaining({ length: 5 }) }, { type: 'noEnd' }],
    ['every mon', { type: 'weekly', interval: 1, daysOfWeek: ['monday'] }, {}],
    ['every 2 weeks on Mon, Thu', { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'thursday'] }, {}],
    ['every tue and sun', { type: 'weekly', daysOfWeek: ['sunday', 'tuesday'] }, {}],
    ['every other friday', { type: 'weekly', interval: 2, daysOfWeek: ['friday'] }, {}],
    ['weekly', { type: 'weekly', interval: 1, daysOfWeek: ['wednesday'] }, {}],
    ['monthly', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 18 }, {}],
    ['every 3 months on day 31', { type: 'absoluteMonthly', interval: 3, dayOfMonth: 31 }, {}],
    ['every month on the last friday', { type: 'relativeMonthly', index: 'last', daysOfWeek: ['friday'] }, {}],
    ['monthly on the first weekday', { type: 'relativeMonthly', index: 'first' }, {}],
    ['every year on 5 may', { type: 'absoluteYearly', month: 5, dayOfMonth: 5 }, {}],
    ['yearly on may 5', { type: 'absoluteYearly', month: 5, dayOfMonth: 5 }, {}],
    [
      'every year on the last monday of may',
      { type: 'relativeYearly', month: 5, index: 'last', daysOfWeek: ['monday'] },
      {},
    ],
    ['every day until 30 june', { type: 'daily' }, { type: 'endDate', endDate: '2026-06-30' }],
    ['every week on thu, 12 times', { type: 'weekly' }, { type: 'numbered', numberOfOccurrences: 12 }],
  ])('repeats %s', (words, pattern, range) => {
    const { subject, recurrence } = made(`Gym ${words}`);
    expect(subject).toBe('Gym');
    expect(recurrence?.pattern).toMatchObject(pattern);
    expect(recurrence?.range).toMatchObject(range);
  });

  it('says where a series goes on from a day that is none of its own', () => {
    const goesOn = (line: string) => datesFromTokens(read(line), now).goesOn;
    expect(goesOn('Rent every month on the 1st ^fri')).toBe('2026-04-01');
    expect(goesOn('Rent every month on the 31st >2026-03-29 ^2026-03-31')).toBe('2026-03-31');
    expect(goesOn('Rent every month on the 1st ^2026-04-01')).toBeNull();
    expect(goesOn('Rent every month on the 1st')).toBeNull();
  });

  it('without a day, a series is due on its first', () => {
    expect(made('Gym every mon')).toMatchObject({
      due: midnight('2026-03-23'),
      recurrence: { range: { startDate: '2026-03-23' } },
    });
  });

  it.each([
    ['Call remind 9:00', '2026-03-19T09:00'],
    ['Call remind me at 14:30', '2026-03-18T14:30'],
    ['Call remind at 15', '2026-03-18T15:00'],
    ['Call remind tomorrow 9:00', '2026-03-19T09:00'],
    ['Call ^fri remind 8:15', '2026-03-20T08:15'],
  ])('%s', (line, local) => {
    expect(made(line)).toMatchObject({ subject: 'Call', isReminderOn: true, reminder: { local: `${local}:00.000` } });
  });

  it('keeps a token that was turned back into words as words', () => {
    const line = 'Call the bank ^fri !high';
    const [first] = read(line);
    const left = read(line, new Set([tokenKey(first!)]));
    expect(left.map(({ kind }) => kind)).toEqual(['importance']);
    expect(subjectFromTokens(line, left)).toBe('Call the bank ^fri');
  });
});

describe('any line', () => {
  const words = fc.constantFrom(
    ...'^fri >mon !high #home every month on the 1st remind 9:00 tomorrow until pay rent 12 times'.split(' '),
    ...'" 30 june mars last friday , and day 2 weeks monthly'.split(' '),
    '',
  );
  const lines = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(words, { maxLength: 12 }).map((all) => all.join(' ')),
  );

  it('keeps every word: those of the tokens stand where they say, the rest is the subject', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const tokens = read(line);
        let from = 0;
        let rest = '';
        for (const { start, end, text } of tokens) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          expect(line.slice(start, end)).toBe(text);
          rest += line.slice(from, start);
          from = end;
        }
        rest += line.slice(from);
        const bare = (text: string) => text.replace(/\s/g, '');
        expect(bare(subjectFromTokens(line, tokens))).toBe(bare(rest));
        expect(subjectFromTokens(line, tokens)).toBe(subjectFromTokens(line, tokens).trim());
        if (tokens.length > 0) expect(subjectFromTokens(line, tokens)).not.toBe('');
      }),
    );
  });

  it('is itself once every token was turned back', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const plain = new Set<string>();
        for (let tokens = read(line); tokens.length > 0; tokens = read(line, plain)) {
          const before = plain.size;
          for (const token of tokens) plain.add(tokenKey(token));
          expect(plain.size).toBeGreaterThan(before);
        }
        expect(patchFromTokens(line, read(line, plain), context)).toEqual({ subject: line.trim() });
      }),
    );
  });

  it('makes only rules that are a series, and starts no later than it is due', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const { start, due, recurrence } = made(line);
        if (start && due) expect(start.local <= due.local).toBe(true);
        if (recurrence) expect(due).toBeTruthy();
        if (recurrence) {
          expect(recurrenceProblems(startRecurrence(recurrence, now.slice(0, 10) as Day))).toEqual([]);
        }
      }),
    );
  });
});
