import { describe, expect, test } from 'vitest';
import { readIcal } from './icalReader.ts';
import type { ImportedFile } from '../fileModel.ts';

/** Files as other programs write them: no value spoils a file, nothing is dropped without a word, days stay days. */

const zone = 'Europe/Berlin';
const read = (...lines: readonly string[]) =>
  readIcal(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'), { zone });
const todo = (...lines: readonly string[]) => ['BEGIN:VTODO', 'UID:1', 'SUMMARY:Bins', ...lines, 'END:VTODO'];
const patchesOf = ({ folders }: ImportedFile) => folders.flatMap(({ tasks }) => tasks.map(({ patch }) => patch));
const patchOf = (...lines: readonly string[]) => patchesOf(read(...todo(...lines)))[0];
const day = (text: string) => ({ local: `${text}T00:00:00.000`, zone });
const problemsOf = (file: ImportedFile) => file.problems.map(({ at, kind, name }) => [at, kind, name]);

describe('a value that cannot be read costs itself alone, and its line is said', () => {
  const good = ['BEGIN:VTODO', 'UID:2', 'SUMMARY:Good', 'DUE;VALUE=DATE:20260611', 'END:VTODO'];

  test.each([
    ['DUE:20260610T106000Z', 'DUE'],
    ['DUE:20260610T1000Z', 'DUE'],
    ['DTSTART:20260230', 'DTSTART'],
    ['COMPLETED:yesterday', 'COMPLETED'],
    ['DUE:99990101T000000Z', 'DUE'],
    ['DURATION:two days', 'DURATION'],
    ['PRIORITY:urgent', 'PRIORITY'],
    ['PERCENT-COMPLETE:many', 'PERCENT-COMPLETE'],
    ['STATUS:LATER', 'STATUS'],
    ['ATTENDEE;CN="two', ''],
    ['lines":mailto:zoe@example.org', ''],
    ['SUMMARY', ''],
    [':no name', ''],
    ['END:VALARM', ''],
  ])('%s', (line, name) => {
    const file = read(...todo('CLASS:PUBLIC', line), ...good);
    expect(patchesOf(file)).toMatchObject([{ subject: 'Bins' }, { subject: 'Good', due: day('2026-06-11') }]);
    expect(problemsOf(file)).toEqual([['7', 'value', name]]);
  });

  test.each(['FREQ=FORTNIGHTLY', 'FREQ=WEEKLY;BYDAY=MO, WE', 'FREQ=WEEKLY;INTERVAL=abc', 'FREQ=WEEKLY;WKST=1'])(
    'the rule %s',
    (rule) => {
      const file = read(...todo('DUE;VALUE=DATE:20260610', `RRULE:${rule}`), ...good);
      expect(patchesOf(file)).toMatchObject([{ due: day('2026-06-10') }, { subject: 'Good' }]);
      expect(patchesOf(file)[0]).not.toHaveProperty('recurrence');
      expect(problemsOf(file)).toEqual([['7', 'value', 'RRULE']]);
    },
  );

  test('second 60 is valid', () => {
    expect(patchOf('DUE:20260610T115960Z')?.due).toEqual(day('2026-06-10'));
    const completed = read(...todo('STATUS:COMPLETED', 'COMPLETED:20260210T115960Z'));
    expect(patchesOf(completed)).toMatchObject([{ status: 'completed', completed: day('2026-02-10') }]);
    expect(completed.problems).toEqual([]);
  });

  test('a component without an end ends with the one around it', () => {
    expect(patchesOf(read(...todo('BEGIN:VALARM', 'ACTION:DISPLAY'), ...good))).toHaveLength(2);
  });
});

describe('what a task has no place for is said', () => {
  test('events, nested components and second values', () => {
    const file = read(
      'BEGIN:VEVENT',
      'SUMMARY:Party',
      'END:VEVENT',
      ...todo(
        'SUMMARY:Again',
        'DUE;VALUE=DATE:20260610',
        'DUE;VALUE=DATE:20260611',
        'BEGIN:VLOCATION',
        'END:VLOCATION',
      ),
    );
    expect(patchesOf(file)).toMatchObject([{ subject: 'Bins', due: day('2026-06-10') }]);
    expect(problemsOf(file)).toEqual([
      ['3', 'unknown', 'VEVENT'],
      ['9', 'value', 'SUMMARY'],
      ['11', 'value', 'DUE'],
      ['12', 'unknown', 'VLOCATION'],
    ]);
  });

  test('values that mean something else here', () => {
    const changed = (...lines: string[]) => problemsOf(read(...todo(...lines)));
    expect(changed('PERCENT-COMPLETE:40')).toEqual([['6', 'changed', 'PERCENT-COMPLETE']]);
    expect(changed('STATUS:NEEDS-ACTION', 'PERCENT-COMPLETE:100')).toEqual([['7', 'changed', 'PERCENT-COMPLETE']]);
    expect(changed('DTSTART:20260601', 'DUE:20260602', 'DURATION:P1D')).toEqual([['8', 'value', 'DURATION']]);
    expect(changed('STATUS:CANCELLED')).toEqual([['6', 'changed', 'STATUS']]);
    expect(changed('CLASS:X-FAMILY')).toEqual([['6', 'changed', 'CLASS']]);
    expect(changed('DUE;VALUE=DATE:20260131', 'RRULE:FREQ=MONTHLY')).toEqual([['7', 'changed', 'RRULE']]);
    expect(changed('STATUS:NEEDS-ACTION', 'COMPLETED:20260210T120000Z')).toEqual([['7', 'value', 'COMPLETED']]);
    expect(patchOf('CLASS:X-FAMILY')?.sensitivity).toBe('private');
  });
});

describe('days and instants', () => {
  test.each([
    ['DTSTART;TZID=Asia/Tokyo:20260601T080000', 'FREQ=DAILY;UNTIL=20260609T230000Z', '2026-06-10'],
    ['DTSTART;TZID=America/New_York:20260601T220000', 'FREQ=DAILY;UNTIL=20260611T020000Z', '2026-06-10'],
    ['DTSTART;TZID=America/New_York:20260601T220000', 'FREQ=DAILY;UNTIL=20260611T015959Z', '2026-06-09'],
    ['DTSTART;TZID=America/Sao_Paulo:20260601T213000', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260630T003000Z', '2026-06-29'],
    ['DTSTART;TZID=America/New_York:20260601T220000', 'FREQ=DAILY;UNTIL=20260610', '2026-06-10'],
    ['DTSTART;TZID=America/New_York:20260601T220000', 'FREQ=DAILY;UNTIL=20260610T220000', '2026-06-10'],
    ['DTSTART;VALUE=DATE:20260601', 'FREQ=DAILY;UNTIL=20260610', '2026-06-10'],
    ['DTSTART;VALUE=DATE:20260601', 'FREQ=DAILY;UNTIL=20260610T000000Z', '2026-06-10'],
    ['DTSTART;VALUE=DATE:20260601', 'FREQ=DAILY;UNTIL=20260610T235959Z', '2026-06-10'],
    ['DTSTART;VALUE=DATE:20260601', 'FREQ=DAILY;UNTIL=20260609T220000Z', '2026-06-10'],
  ])('%s with %s ends on %s', (start, rule, endDate) => {
    expect(patchOf(start, `RRULE:${rule}`)?.recurrence?.range).toMatchObject({ type: 'endDate', endDate });
  });

  test.each([
    ['a due time in UTC', 'DTSTART;TZID=America/New_York:20260610T090000', 'DUE:20260610T210000Z'],
    ['a day and a zone', 'DTSTART;TZID=America/Los_Angeles:20260610T090000', 'DUE;VALUE=DATE:20260610'],
    ['two zones', 'DTSTART;TZID=America/New_York:20260610T100000', 'DUE;TZID=Europe/Berlin:20260610T170000'],
    ['one moment', 'DTSTART;TZID=Europe/Berlin:20260610T100000', 'DUE;TZID=Europe/Berlin:20260610T100000'],
    ['a start day, a due time', 'DTSTART;VALUE=DATE:20260610', 'DUE;TZID=Asia/Tokyo:20260610T180000'],
    // In UTC the start is on the next day of the mailbox, before a due time of New York.
    ['days in the wrong order', 'DTSTART:20260610T230000Z', 'DUE;TZID=America/New_York:20260610T200000'],
    ['a zone far away', 'DTSTART;TZID=Pacific/Auckland:20260610T233000', 'DUE;TZID=Pacific/Honolulu:20260610T010000'],
  ])('start and due keep their days: %s', (_, start, due) => {
    const file = read(...todo(start, due));
    expect(patchesOf(file)).toMatchObject([{ start: day('2026-06-10'), due: day('2026-06-10') }]);
    expect(file.problems).toEqual([]);
  });

  test('a start after the due time is left out and said', () => {
    const file = read(...todo('DTSTART:20260611T100000Z', 'DUE:20260610T100000Z'));
    expect(patchesOf(file)[0]).toMatchObject({ due: day('2026-06-10') });
    expect(patchesOf(file)[0]).not.toHaveProperty('start');
    expect(problemsOf(file)).toEqual([['6', 'value', 'DTSTART']]);
  });

  test('a duration of days counts days, also where a day has 25 hours', () => {
    expect(patchOf('DTSTART;VALUE=DATE:20261024', 'DURATION:P2D')?.due).toEqual(day('2026-10-26'));
    expect(patchOf('DTSTART:20261024T080000', 'DURATION:P1DT4H')?.due).toEqual(day('2026-10-25'));
  });

  test('weekdays of a series in UTC move with its days', () => {
    const late = ['DTSTART:20260601T230000Z', 'DUE:20260601T230000Z'];
    expect(patchOf(...late, 'RRULE:FREQ=WEEKLY;BYDAY=MO,SU')).toMatchObject({
      due: day('2026-06-02'),
      recurrence: { pattern: { type: 'weekly', daysOfWeek: ['tuesday', 'monday'] } },
    });
    expect(problemsOf(read(...todo(...late, 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1')))).toEqual([['8', 'value', 'RRULE']]);
  });

  test('the date with which Outlook says “none” is no date', () => {
    const file = read(...todo('DUE;VALUE=DATE:45010101', 'COMPLETED:45010101T000000Z'));
    expect(patchesOf(file)[0]).not.toHaveProperty('due');
    expect(file.problems).toEqual([]);
  });
});

describe('alarms', () => {
  const alarm = (...lines: string[]) => ['BEGIN:VALARM', 'ACTION:DISPLAY', ...lines, 'END:VALARM'];
  const due = 'DUE;TZID=Europe/Berlin:20260610T180000';

  test('the end of a task with a duration', () => {
    const start = ['DTSTART;TZID=Europe/Berlin:20260610T090000', 'DURATION:PT8H'];
    expect(patchOf(...start, ...alarm('TRIGGER;RELATED=END:PT0S'))?.reminder?.local).toBe('2026-06-10T17:00:00.000');
  });

  test('the second one, repetitions and places are said', () => {
    const file = read(
      ...todo(
        due,
        ...alarm('TRIGGER;RELATED=END:-P1D'),
        ...alarm('TRIGGER;RELATED=END:-PT1H', 'REPEAT:3', 'DURATION:PT15M'),
        ...alarm('TRIGGER;VALUE=DATE-TIME:19760401T005545Z', 'X-APPLE-PROXIMITY:DEPART'),
      ),
    );
    expect(patchesOf(file)).toMatchObject([{ reminder: { local: '2026-06-09T18:00:00.000' }, isReminderOn: true }]);
    expect(problemsOf(file)).toEqual([
      ['13', 'value', 'VALARM'],
      ['14', 'value', 'REPEAT'],
      ['17', 'value', 'VALARM'],
    ]);
  });

  test('an alarm that is none, acknowledged, or of a completed task does not ring', () => {
    const none = ['BEGIN:VALARM', 'ACTION:NONE', 'TRIGGER;VALUE=DATE-TIME:19760401T005545Z', 'END:VALARM'];
    expect(patchOf(due, ...none)).not.toHaveProperty('reminder');
    const seen = alarm('TRIGGER:-PT15M', 'ACKNOWLEDGED:20260610T154500Z');
    expect(patchOf(due, ...seen)).toMatchObject({
      reminder: { local: '2026-06-10T17:45:00.000' },
      isReminderOn: false,
    });
    const earlier = alarm('TRIGGER:-PT15M', 'ACKNOWLEDGED:20260610T154459Z');
    expect(patchOf(due, ...earlier)).toMatchObject({ isReminderOn: true });
    expect(patchOf(due, 'STATUS:COMPLETED', ...alarm('TRIGGER:-PT15M'))).toMatchObject({ isReminderOn: false });
  });
});

describe('a series', () => {
  const mondays = ['DTSTART;VALUE=DATE:20260601', 'DUE;VALUE=DATE:20260602', 'RRULE:FREQ=WEEKLY;BYDAY=MO'];
  const entry = (date: string, ...lines: string[]) =>
    todo(`RECURRENCE-ID;VALUE=DATE:${date}`, `DUE;VALUE=DATE:${date}`, ...lines);
  const done = ['STATUS:COMPLETED', 'COMPLETED:20260601T180000Z'];

  test('goes on after the dates that are done, excluded or moved, each of which is one entry', () => {
    const file = read(
      ...todo(...mondays, 'EXDATE;VALUE=DATE:20260608', 'BEGIN:VALARM', 'TRIGGER:PT9H', 'END:VALARM'),
      ...entry('20260601', ...done),
    );
    expect(patchesOf(file)).toMatchObject([
      {
        status: 'notStarted',
        start: day('2026-06-15'),
        due: day('2026-06-16'),
        reminder: { local: '2026-06-15T09:00:00.000' },
        recurrence: { range: { type: 'noEnd', startDate: '2026-06-15' } },
      },
      { status: 'completed', due: day('2026-06-01') },
    ]);
    expect(file.problems).toEqual([]);
  });

  test('that is completed itself leaves a done entry and its next date', () => {
    const file = read(...todo('DUE;VALUE=DATE:20260601', 'RRULE:FREQ=WEEKLY;COUNT=2', ...done));
    expect(patchesOf(file)).toMatchObject([
      { status: 'completed', due: day('2026-06-01') },
      { status: 'notStarted', due: day('2026-06-08'), recurrence: { range: { numberOfOccurrences: 1 } } },
    ]);
    expect(patchesOf(file)[0]).not.toHaveProperty('recurrence');
    expect(patchesOf(file)[1]).not.toHaveProperty('completed');
    const over = read(...todo('DUE;VALUE=DATE:20260601', 'RRULE:FREQ=WEEKLY;COUNT=1', ...done));
    expect(patchesOf(over)).toHaveLength(1);
  });

  test('has dates left out later, which is said', () => {
    const file = read(...todo(...mondays, 'EXDATE;VALUE=DATE:20260615'), ...entry('20260622', ...done));
    expect(patchesOf(file)).toMatchObject([{ start: day('2026-06-01') }, { status: 'completed' }]);
    expect(problemsOf(file)).toEqual([
      ['9', 'value', 'EXDATE'],
      ['14', 'changed', 'RECURRENCE-ID'],
    ]);
  });

  test('in a zone is excepted by instants', () => {
    const start = ['DTSTART;TZID=America/New_York:20260601T220000', 'RRULE:FREQ=DAILY;COUNT=3'];
    const file = read(...todo(...start, 'EXDATE:20260602T020000Z,20260603T020000Z'));
    expect(patchesOf(file)).toMatchObject([
      { start: day('2026-06-03'), recurrence: { range: { numberOfOccurrences: 1 } } },
    ]);
    expect(file.problems).toEqual([]);
  });

  test('of which all dates are left out is no task', () => {
    const file = read(
      ...todo('DUE;VALUE=DATE:20260601', 'RRULE:FREQ=WEEKLY;COUNT=1', 'EXDATE;VALUE=DATE:20260601'),
      ...todo(),
    );
    expect(patchesOf(file)).toHaveLength(1);
    expect(problemsOf(file)).toEqual([['3', 'task', 'VTODO']]);
  });
});

describe('texts', () => {
  test('X properties are texts', () => {
    const file = read(
      'X-WR-CALNAME:Haus\\, Garten\\; Hof',
      ...todo('X-ALT-DESC;FMTTYPE=text/html:<p>rope\\, nails\\n</p>'),
    );
    expect(file.folders[0]?.name).toBe('Haus, Garten; Hof');
    expect(patchesOf(file)[0]?.body).toEqual({ contentType: 'html', content: '<p>rope, nails\n</p>' });
  });

  test('vCalendar 1.0: Quoted-Printable, folded at spaces, with rules and alarms of its own', () => {
    const lines = [
      'BEGIN:VCALENDAR',
      'VERSION:1.0',
      'BEGIN:VTODO',
      'SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=C3=9Fe',
      'DESCRIPTION;QUOTED-PRINTABLE:one=0D=0Atwo, =',
      'and three=',
      '',
      'CATEGORIES:Home,',
      ' Garden shed',
      'DUE:20260604T070000Z',
      'STATUS:NEEDS ACTION',
      'RRULE:W1 MO TH #10',
      'DALARM:20260604T060000Z;PT5M;2;Greetings',
      'END:VTODO',
      'END:VCALENDAR',
    ];
    const file = readIcal(lines.join('\r\n'), { zone });
    expect(patchesOf(file)).toMatchObject([
      {
        subject: 'Grüße',
        body: { content: 'one\ntwo, and three' },
        categories: ['Home', 'Garden shed'],
        due: day('2026-06-04'),
        reminder: { local: '2026-06-04T08:00:00.000' },
        recurrence: { pattern: { daysOfWeek: ['monday', 'thursday'] }, range: { numberOfOccurrences: 10 } },
      },
    ]);
    expect(file.problems).toEqual([]);
  });

  test.each([
    ['D2 #0', { pattern: { type: 'daily', interval: 2 }, range: { type: 'noEnd' } }],
    ['W1', { pattern: { type: 'weekly', daysOfWeek: ['thursday'] }, range: { numberOfOccurrences: 2 } }],
    ['MP1 2+ TU #3', { pattern: { type: 'relativeMonthly', index: 'second' } }],
    ['MP1 1- FR #3', { pattern: { type: 'relativeMonthly', index: 'last' } }],
    ['MD1 15 #3', { pattern: { type: 'absoluteMonthly', dayOfMonth: 15 } }],
    ['YM1 6 20300604T000000Z', { pattern: { type: 'absoluteYearly', month: 6 }, range: { endDate: '2030-06-04' } }],
    ['MD1 1 15 #3', undefined],
    ['YD1 100 #3', undefined],
  ])('the vCalendar rule %s', (rule, recurrence) => {
    const patch = patchOf('DUE;VALUE=DATE:20260604', `RRULE:${rule}`);
    if (recurrence === undefined) expect(patch).not.toHaveProperty('recurrence');
    else expect(patch?.recurrence).toMatchObject(recurrence);
  });
});
