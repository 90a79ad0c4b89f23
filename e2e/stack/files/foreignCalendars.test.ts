import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyUpdate } from '../../../src/domain/changes/completion.ts';
import { blankTask } from '../../../src/domain/changes/taskPatch.ts';
import { occurrences } from '../../../src/domain/recurrence/recurrence.ts';
import type { Recurrence, Task, TaskPatch } from '../../../src/domain/task/task.ts';
import { toDay } from '../../../src/domain/time/time.ts';
import { writeIcal } from '../../../src/wire/files/ical/icalWriter.ts';
import { readIcal } from '../../../src/wire/files/ical/icalReader.ts';

/** Exported calendars as programs of others read them: our own reader forgives what they refuse. */

const zone = 'Europe/Berlin';
const now = '2026-03-01T09:00:00.000Z';
const script = path.join(import.meta.dirname, 'foreignCalendars.py');
/** Debian's Python: another one does not see Debian's packages. */
const python = '/usr/bin/python3';
const areHere = spawnSync(python, [script, '--check']).status === 0;
const isRequired = process.env['TEST_FOREIGN'] === 'required';

function taskOf(patch: TaskPatch, index: number): Task {
  const blank = blankTask({ id: `id${index}`, folderId: 'folder', owner: null, now });
  const result = applyUpdate(blank, patch, { at: now, zone });
  if (!result.ok) throw new Error(result.problem.message);
  return result.done;
}

const local = (text: string) => ({ local: text, zone });
const due = local('2026-06-01T00:00:00.000');
const start = local('2026-05-30T00:00:00.000');
const patterns: readonly Recurrence['pattern'][] = [
  { type: 'daily', interval: 3 },
  { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'thursday'], firstDayOfWeek: 'sunday' },
  { type: 'absoluteMonthly', interval: 1, dayOfMonth: 1 },
  { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
  { type: 'absoluteMonthly', interval: 1, dayOfMonth: 30 },
  { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
  { type: 'absoluteYearly', interval: 1, month: 6, dayOfMonth: 1 },
  { type: 'relativeYearly', interval: 1, month: 6, daysOfWeek: ['monday'], index: 'first' },
];
const notes = 'one\r\ntwo\rthree\n\u0007"four"; five, six ☐ 🌱';
const patches: readonly TaskPatch[] = [
  ...patterns.map((pattern): TaskPatch => ({
    subject: `Series, ${pattern.type}; "x"`,
    due,
    recurrence: { pattern, range: { type: 'endDate', endDate: '2030-09-01' } },
  })),
  { subject: 'Starts', start, due, recurrence: { pattern: { type: 'daily', interval: 1 }, range: { type: 'noEnd' } } },
  { subject: 'Reminder', due, reminder: local('2026-06-01T09:30:00.000'), isReminderOn: true },
  { subject: '', reminder: local('2026-06-01T09:30:00.000'), isReminderOn: true },
  { subject: `Notes ${'ä'.repeat(200)}`, body: { contentType: 'text', content: notes } },
  { subject: 'HTML', body: { contentType: 'html', content: '<p>a, b</p>\r\n' }, categories: ['a,b', 'c;d', 'e'] },
  { subject: 'Done', status: 'completed', importance: 'high', sensitivity: 'personal' },
];

type Found = {
  icalendar: readonly {
    errors: readonly string[];
    summary: string;
    start: string | null;
    due: string | null;
    alarms: readonly string[];
    notes: string;
  }[];
  vobject: readonly { summary: string; dates: readonly string[] }[];
  libical: readonly string[];
  longest: number;
};

function readByOthers(calendar: string): Found {
  const { status, stdout, stderr } = spawnSync(python, [script], { input: calendar });
  if (status !== 0) throw new Error(String(stderr));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the script beside this test wrote it
  return JSON.parse(String(stdout)) as Found;
}

describe.skipIf(!areHere && !isRequired)('an exported calendar', () => {
  const tasks = patches.map(taskOf);
  const folder = { group: '', isDefaultGroup: true, name: 'Home; "garden", yard', isDefault: false };
  const link = {
    kind: 'reference',
    name: 'A "plan"; one\ntwo',
    isInline: false,
    sourceUrl: 'https://a.example/?a=1,2;3',
    isFolder: false,
    providerType: 'other',
    thumbnailUrl: null,
    previewUrl: null,
    permission: 'other',
  } as const;
  const calendar = writeIcal(
    [{ ...folder, tasks: tasks.map((task) => ({ task, attachments: [{ attachment: link, contentBytes: null }] })) }],
    { zone, plainText: (html) => html.replace(/<[^>]{0,9}>/g, '') },
  );

  test('is valid for icalendar, vobject and libical, with every text and day', () => {
    const found = readByOthers(calendar);
    expect(found.libical).toEqual([]);
    expect(found.longest).toBeLessThanOrEqual(75);
    expect(found.icalendar.flatMap(({ errors }) => errors)).toEqual([]);
    const subjects = tasks.map(({ subject }) => subject);
    expect(found.icalendar.map(({ summary }) => summary)).toEqual(subjects);
    expect(found.vobject.map(({ summary }) => summary)).toEqual(subjects);
    expect(found.icalendar.map((todo) => todo.due)).toEqual(
      tasks.map((task) => (task.due === null ? null : '2026-06-01')),
    );
    expect(found.icalendar.flatMap(({ alarms }) => alarms)).toEqual(Array(2).fill('2026-06-01T07:30:00+00:00'));
    expect(found.icalendar.map((todo) => todo.notes).filter((text) => text !== '')).toEqual([
      'one\ntwo\nthree\n"four"; five, six ☐ 🌱',
      'a, b\n',
    ]);
  });

  test('has the same next dates of a series', () => {
    const found = readByOthers(calendar);
    for (const [index, { recurrence, subject }] of tasks.entries()) {
      if (recurrence === null) continue;
      const days = occurrences(recurrence, toDay(recurrence.range.startDate));
      const own = Array.from({ length: 3 }, () => days.next().value ?? '');
      const [first = ''] = own;
      // DTSTART counts as a date, whether the rule has it or not (RFC 5545 §3.8.5.3).
      const others = found.vobject[index]?.dates.filter((date) => date >= first).slice(0, 2);
      expect([subject, others]).toEqual([subject, own.slice(0, 2)]);
    }
  });

  test('is read back by our own reader without a problem', () => {
    expect(readIcal(calendar, { zone }).problems).toEqual([]);
  });
});
