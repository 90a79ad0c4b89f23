import { expect, test } from 'vitest';
import { taskFromShare } from './tasksFromShare.ts';
import { tasksFromCalendar } from './tasksFromCalendar.ts';
import { isTaskFile, contactName, messageSubject, tasksFromFile } from './tasksFromFile.ts';

const nothing = { title: '', text: '', url: '' };
const text = (content: string) => ({ contentType: 'text', content });
const zone = 'Europe/Paris';

test.each([
  [
    'a title and a link',
    { title: 'Worktops', text: '', url: 'https://oak.example/a' },
    'Worktops',
    'https://oak.example/a',
  ],
  ['text', { ...nothing, text: 'Buy bread\nand salt' }, 'Buy bread', 'and salt'],
  [
    'a link within the text',
    { ...nothing, text: 'See https://oak.example', url: 'https://oak.example' },
    'See https://oak.example',
  ],
  [
    'a link alone',
    { ...nothing, text: 'https://www.oak.example/worktops?from=mail' },
    'oak.example/worktops',
    'https://www.oak.example/worktops?from=mail',
  ],
  ['a link as a link', { ...nothing, url: 'https://oak.example/' }, 'oak.example', 'https://oak.example/'],
] as const)('of %s', (_, words, subject, notes?: string) => {
  const patch = { subject, ...(notes === undefined ? {} : { body: text(notes) }) };
  expect(taskFromShare(words, [])).toEqual({ patch, files: [] });
});

test('files alone are named after the first; a very long line is kept whole in the notes; nothing shared gives no task', () => {
  const files = [new File(['1'], 'plan.png'), new File(['2'], 'list.txt')];
  expect(taskFromShare(nothing, files)).toEqual({ patch: { subject: 'plan.png' }, files });
  const long = 'word '.repeat(100).trim();
  const { patch } = taskFromShare({ ...nothing, text: long }, []) ?? {};
  expect(patch?.subject.length).toBeLessThan(256);
  expect(patch?.body).toEqual(text(long));
  expect(taskFromShare(nothing, [])).toBeUndefined();
});

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const todos = calendar(
  'BEGIN:VTODO',
  'UID:1',
  'SUMMARY:Renew passport\\, both',
  'DESCRIPTION:Photos\\nForm',
  'DTSTART;VALUE=DATE:20260901',
  'DUE;TZID=America/New_York:20260930T233000',
  'PRIORITY:1',
  'STATUS:IN-PROCESS',
  'CLASS:PRIVATE',
  'CATEGORIES:Home,Travel',
  'END:VTODO',
  'BEGIN:VTODO',
  'UID:2',
  'SUMMARY:Call',
  'DUE:20260930T233000Z',
  'PRIORITY:9',
  'END:VTODO',
);

test('a calendar’s tasks become tasks', () => {
  expect(tasksFromCalendar(todos, zone)).toEqual([
    {
      subject: 'Renew passport, both',
      body: text('Photos\nForm'),
      start: { local: '2026-09-01T00:00:00.000', zone },
      due: { local: '2026-09-30T00:00:00.000', zone },
      importance: 'high',
      status: 'inProgress',
      sensitivity: 'private',
      categories: ['Home', 'Travel'],
    },
    // 23:30 in UTC is the next day in Paris.
    { subject: 'Call', due: { local: '2026-10-01T00:00:00.000', zone }, importance: 'low' },
  ]);
});

test('an event becomes a task on its day with the file attached; an invalid calendar is only attached', async () => {
  const event = [
    'BEGIN:VEVENT',
    'UID:3',
    'SUMMARY:Fitting',
    'LOCATION:Oak Street',
    'DTSTART:20260930T080000Z',
    'END:VEVENT',
  ];
  const file = new File([calendar(...event)], 'fitting.ICS', { type: 'text/calendar' });
  expect(await tasksFromFile(file, zone)).toEqual([
    {
      patch: { subject: 'Fitting', body: text('Oak Street'), due: { local: '2026-09-30T00:00:00.000', zone } },
      files: [file],
    },
  ]);
  const broken = new File(['not a calendar'], 'broken.ics');
  expect(await tasksFromFile(broken, zone)).toEqual([{ patch: { subject: 'broken.ics' }, files: [broken] }]);
  const several = new File([todos], 'todos.ics');
  expect((await tasksFromFile(several, zone)).map(({ files }) => files)).toEqual([[], []]);
});

test('a message is named by its subject, a contact by its name', async () => {
  expect(messageSubject('From: a@example.com\r\nSubject: Worktop\r\n is here\r\n\r\nSubject: not this')).toBe(
    'Worktop is here',
  );
  expect(messageSubject('Subject: =?UTF-8?B?S8O8Y2hl?= =?utf-8?Q?_ist_da=21?=\n\n')).toBe('Küche ist da!');
  expect(messageSubject('Subject: =?klingon?B?S8O8?=\n\n')).toBe('=?klingon?B?S8O8?=');
  expect(messageSubject('From: a@example.com\n\nSubject: in the body')).toBe('');
  expect(contactName('BEGIN:VCARD\r\nFN;CHARSET=UTF-8:Ada\\, Cou\r\n ntess\r\nEND:VCARD')).toBe('Ada, Countess');
  const silent = new File(['From: a@example.com\n\n'], 'silent.eml');
  expect(await tasksFromFile(silent, zone)).toEqual([{ patch: { subject: 'silent.eml' }, files: [silent] }]);
  expect([new File([], 'a.PDF'), silent].map(isTaskFile)).toEqual([false, true]);
});
