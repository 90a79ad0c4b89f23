import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyUpdate } from '../../domain/changes/completion.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { zonedDayOf, patchFromTask, zonedTimeOf } from '../../domain/changes/patchFromTask.ts';
import { importances, sensitivities, taskStatuses, weekIndexes } from '../../domain/task/task.ts';
import { weekdays, addDays, atMidnight, instantOf, midnightOf, toDay } from '../../domain/time/time.ts';
import type { Recurrence, RecurrenceRequest, Task, TaskPatch } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import { occurrences } from '../../domain/recurrence/recurrence.ts';
import { fromRrule, toRrule } from './ical/rrule.ts';
import { readCsv } from './csv/csv.ts';
import { writeCsv } from './csv/csvWriter.ts';
import { writeIcal } from './ical/icalWriter.ts';
import { readIcal } from './ical/icalReader.ts';
import { readJson, writeJson } from './threefoldJson.ts';
import type { ExportedFolder, ImportedFile } from './fileModel.ts';

const zone = 'Europe/Paris';
const now = { at: '2026-11-21T10:00:00.000Z', zone };

const interval = fc.integer({ min: 1, max: 9 });
const month = fc.integer({ min: 1, max: 12 });
const dayOfMonth = fc.integer({ min: 1, max: 31 });
const daysOfWeek = fc.subarray([...weekdays], { minLength: 1 });
const index = fc.constantFrom(...weekIndexes);
const patterns: fc.Arbitrary<Recurrence['pattern']> = fc.oneof(
  fc.record({ type: fc.constant('daily' as const), interval }),
  fc.record({
    type: fc.constant('weekly' as const),
    interval,
    daysOfWeek,
    firstDayOfWeek: fc.constantFrom(...weekdays),
  }),
  fc.record({ type: fc.constant('absoluteMonthly' as const), interval, dayOfMonth }),
  fc.record({ type: fc.constant('relativeMonthly' as const), interval, daysOfWeek, index }),
  fc.record({ type: fc.constant('absoluteYearly' as const), interval, month, dayOfMonth }),
  fc.record({ type: fc.constant('relativeYearly' as const), interval, month, daysOfWeek, index }),
);

const day = fc.integer({ min: -3000, max: 3000 }).map((n) => addDays(toDay('2026-03-01'), n));
const zones = fc.constantFrom('Europe/Paris', 'America/Los_Angeles', 'Asia/Tokyo', 'UTC', 'Pacific/Auckland');
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('=1+1', "'=quoted", '-minus', 'a;b,c', '"said"', 'two\nlines', '☐ tea', 'שלום', '@home'),
);

type PlainField = Exclude<keyof TaskPatch, 'start' | 'due' | 'completed' | 'reminder' | 'recurrence'>;

/** Every field except dates: a format that drops one gives a different task. */
const plainFields: { [F in PlainField]: fc.Arbitrary<Task[F]> } = {
  subject: text,
  body: fc.record({ contentType: fc.constantFrom('text' as const, 'html' as const), content: text }),
  categories: fc.uniqueArray(fc.constantFrom('Home', 'Office', 'Très long', 'a b'), { maxLength: 3 }),
  importance: fc.constantFrom(...importances),
  sensitivity: fc.constantFrom(...sensitivities),
  status: fc.constantFrom(...taskStatuses),
  isReminderOn: fc.boolean(),
};

const tasks: fc.Arbitrary<Task> = fc
  .record({
    ...plainFields,
    due: fc.option(day),
    lasts: fc.option(fc.nat(40)),
    zone: zones,
    reminder: fc.option(fc.integer({ min: 0, max: 5_000_000 })),
    pattern: fc.option(patterns),
    end: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 50 }), day),
  })
  .map(({ due, lasts, reminder, pattern, end, zone: written, ...plain }) => {
    const patch: TaskPatch = {
      ...plain,
      ...(due !== null && { due: { local: due, zone: written } }),
      ...(due !== null && lasts !== null && { start: { local: addDays(due, -lasts), zone: written } }),
      ...(reminder !== null && {
        reminder: { local: new Date(1_700_000_000_000 + reminder * 60_000).toISOString().slice(0, -1), zone: written },
      }),
      ...(due !== null && pattern !== null && plain.status !== 'completed'
        ? { recurrence: { pattern, range: rangeOf(end) } }
        : {}),
    };
    // An end may lie before the first date of its pattern.
    const { recurrence: _recurrence, ...single } = patch;
    return isValid(patch) ? made(patch) : made(single);
  });

function rangeOf(end: Day | number | null): RecurrenceRequest['range'] {
  if (end === null) return { type: 'noEnd' };
  return typeof end === 'number' ? { type: 'numbered', numberOfOccurrences: end } : { type: 'endDate', endDate: end };
}

const isValid = (patch: TaskPatch) =>
  applyUpdate(blankTask({ id: 'made', folderId: 'folder', owner: null, now: now.at }), patch, now).ok;

function made(patch: TaskPatch): Task {
  const fresh = blankTask({ id: 'made', folderId: 'folder', owner: null, now: now.at });
  const updated = applyUpdate(fresh, patch, now);
  if (!updated.ok) throw new Error(updated.problem.message);
  const { dateZone: _date, reminderZone: _reminder, ...task } = updated.done;
  return task;
}

function folderOf(all: readonly Task[]): ExportedFolder {
  return {
    group: 'My Tasks',
    isDefaultGroup: true,
    name: 'Tasks',
    isDefault: true,
    tasks: all.map((task) => ({ task, attachments: [] })),
  };
}

const remade = ({ folders }: ImportedFile) => folders.flatMap((folder) => folder.tasks.map(({ patch }) => made(patch)));
const plainText = (html: string) => html;

describe('a patch made from a task', () => {
  test('makes an equal task, whatever zone the task was written in', () => {
    fc.assert(
      fc.property(tasks, (task) => {
        expect(made(patchFromTask(task, zone))).toEqual(task);
      }),
    );
  });

  test('keeps the instant of a day in a zone far away', () => {
    fc.assert(
      fc.property(day, zones, (on, written) => {
        const instant = atMidnight(on, written);
        expect(midnightOf(zonedDayOf(instant, zone))).toBe(instant);
      }),
    );
  });

  test('keeps the instant of a reminder in an hour that occurs twice', () => {
    for (const instant of ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']) {
      expect(instantOf(zonedTimeOf(instant, zone))).toBe(instant);
    }
  });
});

test('JSON: an exported task is imported with every field', () => {
  fc.assert(
    fc.property(fc.array(tasks, { maxLength: 5 }), (all) => {
      const read = readJson(writeJson([folderOf(all)], { at: now.at, zone }));
      expect(read.problems).toEqual([]);
      expect(remade(read)).toEqual(all);
    }),
  );
});

test('iCalendar: all fields except a reminder that is off, and the kind of line breaks', () => {
  fc.assert(
    fc.property(fc.array(tasks, { minLength: 1, maxLength: 5 }), (all) => {
      const here = all.map((task) => made({ ...patchFromTask(task, zone), ...inZone(task) }));
      const read = readIcal(writeIcal([folderOf(here)], { zone, plainText }), { zone });
      expect(read.problems).toEqual([]);
      expect(remade(read).map(comparable)).toEqual(here.map(comparable));
    }),
  );
});

/** iCalendar writes days without a zone; the mailbox's is meant. */
function inZone(task: Task): TaskPatch {
  const again = (instant: string | null) =>
    instant === null ? null : { local: zonedDayOf(instant, zone).local.slice(0, 10), zone };
  return { start: again(task.start), due: again(task.due) };
}

function comparable({ reminder, isReminderOn, body, recurrence, ...rest }: Task) {
  const series = recurrence && [...firstOf(recurrence, 8)];
  const content = body.content.replace(/\r\n?/g, '\n');
  return {
    ...rest,
    completed: rest.completed === null ? null : 'completed',
    reminder: isReminderOn && reminder !== null ? reminder.slice(0, 19) : null,
    body: content === '' ? { contentType: 'text', content } : { ...body, content },
    series,
  };
}

function* firstOf(rule: Recurrence, count: number) {
  let left = count;
  for (const one of occurrences(rule, toDay(rule.range.startDate))) {
    if (left-- === 0) return;
    yield one;
  }
}

test('RFC 5545 rules and patterns convert to each other', () => {
  fc.assert(
    fc.property(patterns, day, (pattern, startDate) => {
      const back = fromRrule(toRrule(pattern), startDate);
      const rule = { pattern, range: { type: 'noEnd' as const, startDate } };
      expect(back).toBeDefined();
      if (back === undefined) return;
      expect([...firstOf({ ...back, range: { ...back.range, startDate } } as Recurrence, 12)]).toEqual([
        ...firstOf(rule, 12),
      ]);
    }),
  );
});

test('CSV: the columns of Outlook are read back', () => {
  fc.assert(
    fc.property(fc.array(tasks, { minLength: 1, maxLength: 5 }), (all) => {
      const here = all.map((task) => ({
        ...made({ ...patchFromTask(task, zone), ...inZone(task) }),
        subject: `S ${task.subject}`.trim(),
      }));
      const read = readCsv(writeCsv([folderOf(here)], { zone, plainText }), { zone, dayFirst: false });
      expect(read.problems).toEqual([]);
      const fields = ({ subject, due, start, status, importance, sensitivity, categories }: Task) => ({
        subject,
        due,
        start,
        status,
        importance,
        sensitivity,
        categories,
      });
      expect(remade(read).map(fields)).toEqual(here.map(fields));
    }),
  );
});

describe('files of other programs', () => {
  test('Outlook’s CSV, exported in the United States', () => {
    const csv = [
      '"Subject","Start Date","Due Date","Reminder On/Off","Reminder Date","Reminder Time","Date Completed","% Complete","Total Work","Categories","Notes","Priority","Private","Sensitivity","Status","Mileage"',
      '"Renew passport","3/2/2026","3/27/2026","True","3/26/2026","9:30:00 AM",,"0","0","Home;Travel","Two photos","High","False","Normal","In Progress",',
      '"Taxes",,"4/15/2026","False",,,"4/1/2026","1",,,,"Normal","True","Private","Completed","12"',
      ',,,,,,,,,,,,,,,',
    ].join('\r\n');
    const { folders, problems } = readCsv(csv, { zone, dayFirst: true });
    expect(problems).toEqual([{ at: '1', kind: 'unknown', name: 'mileage', value: '' }]);
    expect(folders).toEqual([
      {
        group: null,
        name: null,
        isDefault: false,
        tasks: [
          {
            at: '2',
            attachments: [],
            patch: {
              subject: 'Renew passport',
              start: { local: '2026-03-02T00:00:00.000', zone },
              due: { local: '2026-03-27T00:00:00.000', zone },
              status: 'inProgress',
              importance: 'high',
              sensitivity: 'normal',
              categories: ['Home', 'Travel'],
              body: { contentType: 'text', content: 'Two photos' },
              reminder: { local: '2026-03-26T09:30:00.000', zone },
              isReminderOn: true,
            },
          },
          {
            at: '3',
            attachments: [],
            patch: {
              subject: 'Taxes',
              due: { local: '2026-04-15T00:00:00.000', zone },
              status: 'completed',
              completed: { local: '2026-04-01T00:00:00.000', zone },
              importance: 'normal',
              sensitivity: 'private',
              isReminderOn: false,
            },
          },
        ],
      },
    ]);
  });

  test('days with dots, semicolons as separators, and unreadable values reported with their line', () => {
    const { folders, problems } = readCsv('Subject;Due Date;Status\nMiete;1.4.2026;Fertig\n', {
      zone,
      dayFirst: false,
    });
    expect(folders[0]?.tasks[0]?.patch.due).toEqual({ local: '2026-04-01T00:00:00.000', zone });
    expect(problems).toEqual([{ at: '2', kind: 'value', name: 'status', value: 'Fertig' }]);
  });

  test('a VTODO with a zone, a relative alarm and properties that tasks do not have', () => {
    const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'X-WR-CALNAME:Errands', 'BEGIN:VTODO', 'UID:1', 'SUMMARY:Water'];
    const more = ['DUE;TZID=America/New_York:20260302T170000', 'LOCATION:Garden', 'RRULE:FREQ=WEEKLY;BYDAY=MO'];
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT1H', 'END:VALARM', 'END:VTODO', 'END:VCALENDAR'];
    const { folders, problems } = readIcal([...lines, ...more, ...alarm].join('\r\n'), { zone });
    expect(folders[0]?.name).toBe('Errands');
    expect(folders[0]?.tasks[0]?.patch).toMatchObject({
      subject: 'Water',
      due: { local: '2026-03-02T00:00:00.000', zone },
      recurrence: { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] } },
      // An hour before the time of day, not before midnight of that day.
      reminder: { local: '2026-03-02T22:00:00.000', zone },
    });
    expect(problems).toEqual([{ at: '8', kind: 'unknown', name: 'LOCATION', value: 'Garden' }]);
  });

  test.each([
    ['{}', readJson],
    ['[1', readJson],
    ['a,b\n1,2', (file: string) => readCsv(file, { zone, dayFirst: false })],
    ['BEGIN:VCALENDAR', (file: string) => readIcal(file, { zone })],
    ['BEGIN:VCALENDAR\r\nEND:VCALENDAR', (file: string) => readIcal(file, { zone })],
  ])('a file of another format is rejected: %s', (file, read) => {
    expect(() => read(file)).toThrow(expect.objectContaining({ name: 'ExchangeError' }));
  });

  test('any text is read or rejected with a TaskFileError', () => {
    fc.assert(
      fc.property(fc.string(), (file) => {
        for (const read of [
          readJson,
          (one: string) => readCsv(one, { zone, dayFirst: false }),
          (one: string) => readIcal(one, { zone }),
        ]) {
          try {
            read(file);
          } catch (error) {
            expect(error).toMatchObject({ name: 'ExchangeError' });
          }
        }
      }),
    );
  });
});
