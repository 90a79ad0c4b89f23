import { describe, expect, test } from 'vitest';
import { readCsv } from './csv/csv.ts';
import { readIcal } from './ical/icalReader.ts';
import { readJson } from './threefoldJson.ts';
import type { ImportedFile } from './fileModel.ts';

/** Files of other programs and malicious files: everything readable is imported, the rest is reported. */

const zone = 'Europe/Paris';
const patchesOf = ({ folders }: ImportedFile) => folders.flatMap(({ tasks }) => tasks.map(({ patch }) => patch));
const csv = (lines: readonly string[], dayFirst = true) => readCsv(lines.join('\r\n'), { zone, dayFirst });
const ical = (...lines: readonly string[]) =>
  readIcal(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'), { zone });
const todo = (...lines: readonly string[]) => ical('BEGIN:VTODO', 'UID:1', 'SUMMARY:A', ...lines, 'END:VTODO');

describe('CSV', () => {
  test.each([
    ['27.3.2026', '2026-03-27'],
    ['27.03.26', '2026-03-27'],
    ['27-3-2026', '2026-03-27'],
    ['2026/3/27', '2026-03-27'],
    ['2026. 3. 27.', '2026-03-27'],
    ['Fri 27/3/2026', '2026-03-27'],
    ['ven. 27/03/2026 09:00', '2026-03-27'],
    ['2026-03-27T10:00:00Z', '2026-03-27'],
    ['31.4.2026', undefined],
    ['2026-03-27 and more"', '2026-03-27'],
    ['2026-03-271', undefined],
    ['soon', undefined],
  ])('the day %s', (cell, day) => {
    const read = csv(['Subject;Due Date', `A;"${cell.replaceAll('"', '""')}"`]);
    expect(patchesOf(read)[0]?.due?.local).toBe(day && `${day}T00:00:00.000`);
    expect(read.problems).toHaveLength(day === undefined ? 1 : 0);
  });

  test('problems name the right line, also after line breaks in cells and empty lines', () => {
    const read = csv(['Subject,Notes,Due Date', 'A,"one', 'two', 'three",never', '', 'B,x,nonsense', ',,']);
    expect(read.problems).toEqual([
      { at: '2', kind: 'value', name: 'due date', value: 'never' },
      { at: '6', kind: 'value', name: 'due date', value: 'nonsense' },
    ]);
  });

  test('an unclosed quote is reported, because it swallows the lines after it', () => {
    const read = csv(['Subject,Due Date', 'A,"2026-03-05', 'B,2026-03-06']);
    expect(read.problems[0]).toMatchObject({ at: '2', kind: 'value', name: '"' });
  });

  test('columns with duplicate names or names of Object’s members are ordinary columns', () => {
    const read = csv(['Subject,__proto__,constructor,Subject', 'A,{"polluted":1},c,B']);
    expect(patchesOf(read)).toEqual([expect.objectContaining({ subject: 'A' })]);
    expect(read.problems.map(({ name }) => name)).toEqual(['subject', '__proto__', 'constructor']);
    expect({}).not.toHaveProperty('polluted');
  });

  test('a task with partial progress is in progress', () => {
    expect(patchesOf(csv(['Subject,% Complete', 'A,40', 'B,100%', 'C,0']))).toMatchObject([
      { status: 'inProgress' },
      { status: 'completed' },
      { subject: 'C' },
    ]);
  });
});

describe('iCalendar', () => {
  test.each([
    ['Pacific Standard Time', '2026-03-03T08:00:00.000', 0],
    ['/freeassociation.sourceforge.net/America/New_York', '2026-03-03T05:00:00.000', 0],
    ['Home', '2026-03-02T15:00:00.000', 0],
    ['Nowhere', '2026-03-02T23:00:00.000', 2],
  ])('the zone %s: the day stays, the reminder is an instant', (tzid, reminder, problems) => {
    const known = ['BEGIN:VTIMEZONE', 'TZID:Home', 'X-LIC-LOCATION:Asia/Tokyo', 'END:VTIMEZONE'];
    const alarm = [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER;VALUE=DATE-TIME;TZID=${tzid}:20260302T230000`,
      'END:VALARM',
    ];
    const task = ['BEGIN:VTODO', 'SUMMARY:A', `DUE;TZID=${tzid}:20260302T230000`, ...alarm, 'END:VTODO'];
    const read = ical(...known, ...task);
    expect(patchesOf(read)[0]).toMatchObject({
      due: { local: '2026-03-02T00:00:00.000', zone },
      reminder: { local: reminder, zone },
    });
    expect(read.problems.map(({ at, name }) => ({ at, name }))).toEqual(
      ['9', '12'].slice(0, problems).map((at) => ({ at, name: 'TZID' })),
    );
  });

  test('a start and a duration give a due date', () => {
    expect(patchesOf(todo('DTSTART;VALUE=DATE:20260302', 'DURATION:P3D'))[0]?.due?.local).toBe(
      '2026-03-05T00:00:00.000',
    );
  });

  test.each(['FREQ=HOURLY', 'FREQ=MONTHLY;BYMONTHDAY=1,15', 'FREQ=YEARLY;BYWEEKNO=20', 'nonsense'])(
    'a rule without a pattern is said, the task comes: %s',
    (rule) => {
      const read = todo('DUE;VALUE=DATE:20260302', `RRULE:${rule}`, 'EXDATE;VALUE=DATE:20260303');
      expect(patchesOf(read)[0]).not.toHaveProperty('recurrence');
      expect(read.problems.map(({ at, name }) => [at, name])).toEqual([
        ['7', 'RRULE'],
        ['8', 'EXDATE'],
      ]);
    },
  );

  test('the first readable alarm is used; it is relative to the time, not to midnight of its day', () => {
    const broken = ['BEGIN:VALARM', 'ACTION:EMAIL', 'TRIGGER:soon', 'END:VALARM'];
    const right = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER;RELATED=END:-PT15M', 'END:VALARM'];
    const read = todo('DUE:20260302T100000Z', ...broken, ...right);
    expect(patchesOf(read)[0]?.reminder).toEqual({ local: '2026-03-02T10:45:00.000', zone });
    expect(read.problems.map(({ name }) => name)).toEqual(['TRIGGER']);
  });

  test.each([
    ['', '2026-03-02T09:45:00.000'],
    [';RELATED=START', '2026-03-02T09:45:00.000'],
    [';RELATED=END', '2026-03-04T17:45:00.000'],
    [';RELATED=end', '2026-03-04T17:45:00.000'],
  ])('an alarm “TRIGGER%s” of a task with start and due date', (related, local) => {
    const read = todo(
      'DTSTART:20260302T090000Z',
      'DUE:20260304T170000Z',
      'BEGIN:VALARM',
      `TRIGGER${related}:-PT15M`,
      'END:VALARM',
    );
    expect(patchesOf(read)[0]?.reminder).toEqual({ local, zone });
  });

  test.each([
    ['DUE:20260304T170000Z', 'START', '2026-03-04T17:45:00.000'],
    ['DTSTART:20260302T090000Z', 'END', '2026-03-02T09:45:00.000'],
  ])('an alarm of a task with only “%s” counts from there', (date, related, local) => {
    const read = todo(date, 'BEGIN:VALARM', `TRIGGER;RELATED=${related}:-PT15M`, 'END:VALARM');
    expect(patchesOf(read)[0]?.reminder).toEqual({ local, zone });
  });

  test('embedded files and web links are imported, other links are reported', () => {
    const inside = 'ATTACH;ENCODING=BASE64;VALUE=BINARY;FILENAME=a.txt;FMTTYPE=text/plain:aGVsbG8=';
    const read = todo('ATTACH:https://example.com/a', 'ATTACH:javascript:alert(1)', inside, 'ATTACH:cid:part1');
    const [task] = read.folders[0]?.tasks ?? [];
    expect(task?.attachments).toMatchObject([
      { attachment: { kind: 'reference', sourceUrl: 'https://example.com/a' } },
      { attachment: { kind: 'file', name: 'a.txt', contentType: 'text/plain' }, contentBytes: 'aGVsbG8=' },
    ]);
    expect(read.problems.map(({ name, value }) => [name, value])).toEqual([
      ['ATTACH', 'javascript:alert(1)'],
      ['ATTACH', 'cid:part1'],
    ]);
  });

  test('an invalid line is skipped and reported; names of Object’s members are ordinary names', () => {
    const read = todo('DESCRIPTION:one', 'and two', '__PROTO__:x', 'CONSTRUCTOR:y');
    expect(patchesOf(read)[0]).toMatchObject({ subject: 'A', body: { content: 'one' } });
    expect(read.problems).toContainEqual({ at: '7', kind: 'value', name: '', value: 'and two' });
  });

  test('deep nesting is rejected', () => {
    const deep = 20_000;
    const lines = [
      ...Array.from({ length: deep }, () => 'BEGIN:VTODO'),
      ...Array.from({ length: deep }, () => 'END:VTODO'),
    ];
    expect(patchesOf(ical(...lines))).toHaveLength(1);
  });
});

describe('JSON', () => {
  const file = (task: string) =>
    readJson(`{"Format":"threefold.tasks","Version":1,"TaskGroups":[{"TaskFolders":[{"Tasks":[${task}]}]}]}`);

  test('keys of prototypes change nothing, and values of wrong types are skipped and reported', () => {
    const read = file(
      '{"Subject":"A","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}},"Status":["x"],"Importance":{"a":1},"Categories":"x","DueDateTime":7,"Body":[],"Attachments":{"a":1},"Recurrence":"daily"}',
    );
    expect(patchesOf(read)).toEqual([{ subject: 'A' }]);
    expect({}).not.toHaveProperty('polluted');
    expect(read.problems.map(({ name }) => name)).toEqual(
      '__proto__ constructor Status Importance Categories DueDateTime Body Recurrence Attachments[0]'.split(' '),
    );
  });

  test('invalid lists and tasks', () => {
    const read = readJson('{"Format":"threefold.tasks","Version":1,"TaskGroups":{"length":9},"Categories":[null,1]}');
    expect(read).toMatchObject({ folders: [], categories: [] });
    expect(file('null,1,"x",{}').problems.map(({ kind }) => kind)).toEqual(['task', 'task', 'task', 'task']);
  });

  test('deep nesting is rejected', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    expect(file(`{"Subject":"A","Status":${deep}}`).problems).toMatchObject([{ name: 'Status', value: '[…]' }]);
  });
});
