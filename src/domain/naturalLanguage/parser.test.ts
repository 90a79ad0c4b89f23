import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recurrenceProblems, startRecurrence } from '../recurrence/recurrence.ts';
import { toDay } from '../time/time.ts';
import { fieldsOf, patchOf as patchOfTokens } from './fields.ts';
import { parseText, subjectOf } from './parser.ts';

// A Wednesday.
const now = '2026-03-18T11:24:00.000';
const options = { now, locale: 'en-GB', firstDayOfWeek: 'monday' } as const;
const context = { now, zone: 'Europe/Paris' };
const noKeys: ReadonlySet<string> = new Set();
const parse = (line: string, plainKeys = noKeys) => parseText(line, { ...options, plainKeys });
const patchOf = (line: string) => patchOfTokens(parse(line), context);
const midnight = (day: string) => ({ local: `${day}T00:00:00.000`, zone: 'Europe/Paris' });

describe('a quick-add line', () => {
  it('becomes a patch with every field it names', () => {
    expect(patchOf('pay rent every month on the 1st !high #home ^fri remind 9:00')).toEqual({
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

  it('names a category once, in whatever case, and several of them', () => {
    expect(patchOf('Paint #Home #home #Garden #HOME')).toEqual({
      subject: 'Paint #home #HOME',
      categories: ['Home', 'Garden'],
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
    expect(patchOf(line)).toEqual({ subject, due: midnight(due) });
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
  ])('%s stays text', (line) => {
    expect(patchOf(line)).toEqual({ subject: line });
  });

  it('keeps the start on or before the due date, and a start alone sets the due date', () => {
    expect(patchOf('Paint >mon ^fri')).toMatchObject({ start: midnight('2026-03-20'), due: midnight('2026-03-20') });
    expect(patchOf('Paint >fri ^in 2 weeks')).toMatchObject({
      start: midnight('2026-03-20'),
      due: midnight('2026-04-01'),
    });
    expect(patchOf('Paint >fri')).toMatchObject({ start: midnight('2026-03-20'), due: midnight('2026-03-20') });
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
    const { subject, recurrence } = patchOf(`Gym ${words}`);
    expect(subject).toBe('Gym');
    expect(recurrence?.pattern).toMatchObject(pattern);
    expect(recurrence?.range).toMatchObject(range);
  });

  it('tells on which day a series continues after a first day outside its pattern', () => {
    const continuesOn = (line: string) => fieldsOf(parse(line).tokens, now).continuesOn;
    expect(continuesOn('Rent every month on the 1st ^fri')).toBe('2026-04-01');
    expect(continuesOn('Rent every month on the 31st >2026-03-29 ^2026-03-31')).toBe('2026-03-31');
    expect(continuesOn('Rent every month on the 1st ^2026-04-01')).toBeNull();
    expect(continuesOn('Rent every month on the 1st')).toBeNull();
  });

  it('makes a series without a day due on its first occurrence', () => {
    expect(patchOf('Gym every mon')).toMatchObject({
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
    expect(patchOf(line)).toMatchObject({
      subject: 'Call',
      isReminderOn: true,
      reminder: { local: `${local}:00.000` },
    });
  });

  it('keeps a token as text after it was turned back', () => {
    const line = 'Call the bank ^fri !high';
    const [first] = parse(line).tokens;
    const left = parse(line, new Set([first?.key ?? '']));
    expect(left.tokens.map(({ meaning }) => meaning.kind)).toEqual(['importance']);
    expect(left.subject).toBe('Call the bank ^fri');
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

  it('keeps every word, in a token at its offsets or in the subject', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const { tokens, subject } = parse(line);
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
        expect(bare(subject)).toBe(bare(rest));
        expect(subject).toBe(subjectOf(line, tokens));
        expect(subject).toBe(subject.trim());
        if (tokens.length > 0) expect(subject).not.toBe('');
      }),
    );
  });

  it('becomes its own subject once every token is turned back', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const plainKeys = new Set<string>();
        for (let read = parse(line); read.tokens.length + read.questions.length > 0; read = parse(line, plainKeys)) {
          const before = plainKeys.size;
          for (const { key } of [...read.tokens, ...read.questions]) plainKeys.add(key);
          expect(plainKeys.size).toBeGreaterThan(before);
        }
        expect(patchOfTokens(parse(line, plainKeys), context)).toEqual({ subject: line.trim() });
      }),
    );
  });

  it('makes only valid recurrences, and never starts after its due date', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const { start, due, recurrence } = patchOf(line);
        if (start && due) expect(start.local <= due.local).toBe(true);
        if (recurrence) expect(due).toBeTruthy();
        if (recurrence) {
          expect(recurrenceProblems(startRecurrence(recurrence, toDay(now)))).toEqual([]);
        }
      }),
    );
  });
});
