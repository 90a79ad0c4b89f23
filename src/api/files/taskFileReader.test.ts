import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyUpdate } from '../../domain/changes/completion.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { fitTask } from '../../domain/task/fitTask.ts';
import { outlookRest } from '../../wire/outlook/outlookDialects.ts';
import { maxImportSize, readTaskFile } from './taskFileReader.ts';

const options = { zone: 'Europe/Paris', now: '2026-03-18T09:00:00.000Z', dayFirst: true, language: 'en' };
const read = (...parts: BlobPart[]) => readTaskFile(new Blob(parts), options);
async function subjectsOf(...parts: BlobPart[]) {
  const reading = await read(...parts);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.file.folders.flatMap(({ tasks }) => tasks.map(({ patch }) => patch.subject));
}

const csv = 'Subject,Notes\r\nKüche,Übergabe\r\n';
const codesOf = (text: string) => Array.from(text, (one) => one.charCodeAt(0));
const utf16 = (text: string) => Uint8Array.from(codesOf(text).flatMap((code) => [code & 255, code >> 8]));
const latin = (text: string) => Uint8Array.from(codesOf(text));

test.each([
  ['UTF-8', [csv]],
  ['UTF-8 with a byte order mark', ['\uFEFF', csv]],
  ['UTF-16, as Excel writes it', [Uint8Array.of(0xff, 0xfe), utf16(csv)]],
  ['the code page of an older Outlook', [latin(csv)]],
])('reads text in %s', async (_, parts) => {
  expect(await subjectsOf(...parts)).toEqual(['Küche']);
});

test('UTF-16 without a mark, and lines folded between the octets of a character', async () => {
  expect(await subjectsOf(utf16(csv))).toEqual(['Küche']);
  const folded =
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nSUMMARY:Beet \u00f0\r\n \u009f\u008c\u00b1 M\u00c3\u00bcll\r\n';
  const rest = 'LOCATION:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n';
  const reading = await read(latin(folded + rest));
  if (!reading.ok) throw new Error(reading.reason);
  expect(reading.file.folders[0]?.tasks[0]?.patch.subject).toBe('Beet 🌱 Müll');
  // The line in the file, whatever was unfolded before it.
  expect(reading.file.problems).toMatchObject([{ at: '6', name: 'LOCATION' }]);
  expect(reading.file.encoding).toEqual({ name: 'utf-8', isCertain: true });
});

test('a guessed encoding is uncertain, and another one can be chosen', async () => {
  const cyrillic = Uint8Array.from([...codesOf('Subject\r\n'), 0xcf, 0xee, 0xe7, 0xe2, 0xee, 0xed, 0xe8, 0xf2, 0xfc]);
  const reading = await read(cyrillic);
  const chosen = await readTaskFile(new Blob([cyrillic]), { ...options, encoding: 'windows-1252' });
  if (!reading.ok || !chosen.ok) throw new Error('unreadable');
  expect(reading.file.encoding).toEqual({ name: 'windows-1251', isCertain: false });
  expect(reading.file.folders[0]?.tasks[0]?.patch.subject).toBe('Позвонить');
  expect(chosen.file.encoding).toEqual({ name: 'windows-1252', isCertain: false });
  expect(chosen.file.folders[0]?.tasks[0]?.patch.subject).toBe('Ïîçâîíèòü');
});

test('days that the store cannot hold are left out and said', async () => {
  const reading = await read('Subject,Start Date,Due Date\r\nA,1/1/1500,1/1/5000\r\n');
  if (!reading.ok) throw new Error(reading.reason);
  expect(reading.file.folders[0]?.tasks[0]?.patch).toEqual({ subject: 'A' });
  expect(reading.file.problems.map(({ name }) => name)).toEqual(['start', 'due']);
});

test('the format is detected from the content', async () => {
  const todo =
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:Water\r\nEND:VTODO\r\nEND:VCALENDAR\r\n';
  expect(await subjectsOf('\r\n', todo)).toEqual(['Water']);
  const json = {
    Format: 'threefold.tasks',
    Version: 1,
    TaskGroups: [{ TaskFolders: [{ Tasks: [{ Subject: 'Tea' }] }] }],
  };
  expect(await subjectsOf(JSON.stringify(json))).toEqual(['Tea']);
});

test.each([
  ['', 'empty'],
  ['{"Format":"else"}', 'json'],
  ['{"Format":"threefold.tasks","Version":99}', 'newer'],
  ['Name\r\nx', 'csv'],
  ['BEGIN:VCALENDAR\r\nVERSION', 'ical'],
  ['BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR', 'noTasks'],
])('%j is rejected as a whole: %s', async (text, reason) => {
  expect(await read(text)).toEqual({ ok: false, reason });
});

test('a file that is too large is not read', async () => {
  class LargeFile extends Blob {
    override get size() {
      return maxImportSize + 1;
    }
    override arrayBuffer = () => Promise.reject(new Error('read'));
  }
  const large = new LargeFile();
  expect(await readTaskFile(large, options)).toEqual({ ok: false, reason: 'size' });
});

test('invalid values and attachments are left out and reported; the tasks are imported', async () => {
  const file = (ContentBytes: string) => ({
    '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
    Name: 'a.txt',
    ContentBytes,
  });
  const day = (DateTime: string) => ({ DateTime, TimeZone: 'UTC' });
  const Tasks = [
    {
      Subject: 'Backwards',
      StartDateTime: day('2026-03-09T00:00:00'),
      DueDateTime: day('2026-03-02T00:00:00'),
      Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd' } },
    },
    { Subject: 'Files', Attachments: [file('%%%'), file(btoa('words'))] },
  ];
  const reading = await read(
    JSON.stringify({ Format: 'threefold.tasks', Version: 1, TaskGroups: [{ TaskFolders: [{ Tasks }] }] }),
  );
  if (!reading.ok) throw new Error(reading.reason);
  const { folders, problems } = reading.file;
  expect(problems).toMatchObject([
    { kind: 'value', at: 'TaskGroups[0].TaskFolders[0].Tasks[0]', name: 'start' },
    { kind: 'value', at: 'TaskGroups[0].TaskFolders[0].Tasks[1]', value: 'a.txt' },
  ]);
  const [backwards, task] = folders.flatMap(({ tasks }) => tasks);
  expect(backwards?.patch).toMatchObject({ due: { zone: 'UTC' }, recurrence: { pattern: { type: 'daily' } } });
  expect(backwards?.patch).not.toHaveProperty('start');
  expect(await task?.attachments[0]?.content?.text()).toBe('words');
});

const dates = [
  '20260610',
  '20260610T100000Z',
  '20260610T235960Z',
  '45010101',
  '99991231T000000Z',
  '15000101',
  '2026',
  '',
];
const calendarLine = fc
  .record({
    name: fc.constantFrom('DTSTART', 'DUE', 'COMPLETED', 'RECURRENCE-ID', 'EXDATE'),
    zone: fc.constantFrom('', ';TZID=Asia/Tokyo', ';TZID=Mars', ';VALUE=DATE'),
    date: fc.constantFrom(...dates),
  })
  .map(({ name, zone, date }) => `${name}${zone}:${date}`);
const otherLine = fc.constantFrom(
  'RRULE:FREQ=DAILY;COUNT=0',
  'RRULE:FREQ=DAILY;COUNT=5000',
  'RRULE:FREQ=MONTHLY;INTERVAL=100',
  'RRULE:FREQ=WEEKLY;UNTIL=20200101',
  'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'DURATION:P9999W',
  'STATUS:COMPLETED',
  'UID:1',
  'BEGIN:VALARM\r\nTRIGGER;RELATED=END:-P99999D\r\nEND:VALARM',
  'BEGIN:VALARM\r\nTRIGGER;VALUE=DATE-TIME:00010101T000000Z\r\nEND:VALARM',
  `SUMMARY:${'x'.repeat(400)}`,
  `CATEGORIES:${'c'.repeat(300)},,a,A`,
  `ATTACH:https://a.example/${'a'.repeat(5_000)}`,
);
const todos = fc
  .array(fc.array(fc.oneof(calendarLine, otherLine), { maxLength: 6 }), { minLength: 1, maxLength: 3 })
  .map((all) => all.flatMap((lines) => ['BEGIN:VTODO', ...lines, 'END:VTODO']))
  .map((lines) => ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n'));
const cell = fc.constantFrom(
  '',
  '1/1/4501',
  '1/1/9999',
  '30.2.2026',
  '27.3.2026',
  '100',
  '1',
  'Completed',
  'x',
  'True',
);
const tables = fc
  .array(fc.array(cell, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 4 })
  .map((rows) => rows.map((cells) => ['A', ...cells].join(',')))
  .map((rows) => ['Subject,Start Date,Due Date,Date Completed,Reminder Date,Status,Private', ...rows].join('\r\n'));

test('what is offered is what the service takes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(todos, tables), async (text) => {
      const reading = await read(text);
      if (!reading.ok) return;
      for (const { patch } of reading.file.folders.flatMap(({ tasks }) => tasks)) {
        const sent = outlookRest.task.decodePatch(outlookRest.task.encodePatch(fitTask(patch)));
        const blank = blankTask({ id: '', folderId: '', owner: null, now: options.now });
        expect(applyUpdate(blank, sent, { at: options.now, zone: options.zone }).ok).toBe(true);
      }
    }),
  );
});
