import { expect, test } from 'vitest';
import type { CalendarTasks } from '../../data/sharing/useCalendarFileReader.ts';
import type { NewAttachment } from '../../domain/task/attachment.ts';
import { taskFromShare } from './tasksFromShare.ts';
import { isTaskFile, contactName, messageSubject, tasksFromFile } from './tasksFromFile.ts';

const nothing = { title: '', text: '', url: '' };
const text = (content: string) => ({ contentType: 'text', content });

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

const task = (subject: string, attachments: { attachment: NewAttachment; content: Blob | null }[] = []) => ({
  patch: { subject },
  attachments,
});
const reads = (tasks: CalendarTasks['tasks'], isWhole: boolean) => () => Promise.resolve({ tasks, isWhole });

test('a calendar is attached to its only task, and to the first one where it says more than its tasks hold', async () => {
  const file = new File(['BEGIN:VCALENDAR'], 'fitting.ICS', { type: 'text/calendar' });
  const filesOf = async (...read: Parameters<typeof reads>) =>
    (await tasksFromFile(file, reads(...read))).map(({ patch, files }) => [
      patch.subject,
      files.map(({ name }) => name),
    ]);
  expect(await filesOf([], false)).toEqual([['fitting.ICS', ['fitting.ICS']]]);
  expect(await filesOf([task('A')], true)).toEqual([['A', ['fitting.ICS']]]);
  expect(await filesOf([task('A'), task('B')], false)).toEqual([
    ['A', ['fitting.ICS']],
    ['B', []],
  ]);
  const attachment = { kind: 'file', name: 'a.txt' } as const;
  const whole = { ...attachment, contentType: null, isInline: false, contentId: null, contentLocation: null };
  expect(await filesOf([task('A', [{ attachment: whole, content: new Blob(['a']) }]), task('B\nC')], true)).toEqual([
    ['A', ['a.txt']],
    ['B C', []],
  ]);
});

test('a task without a subject is named by its notes', async () => {
  const patch = { subject: ' ', body: { contentType: 'text' as const, content: 'Oak Street\nat eight' } };
  const [named] = await tasksFromFile(new File([], 'a.ics'), reads([{ patch, attachments: [] }], true));
  expect(named?.patch).toEqual({ subject: 'Oak Street at eight', body: patch.body });
});

const noCalendar = reads([], false);

test('a message is named by its subject, a contact by its name', async () => {
  expect(messageSubject('From: a@example.com\r\nSubject: Worktop\r\n is here\r\n\r\nSubject: not this')).toBe(
    'Worktop is here',
  );
  expect(messageSubject('Subject: =?UTF-8?B?S8O8Y2hl?= =?utf-8?Q?_ist_da=21?=\n\n')).toBe('Küche ist da!');
  expect(messageSubject('Subject: =?klingon?B?S8O8?=\n\n')).toBe('=?klingon?B?S8O8?=');
  expect(messageSubject('From: a@example.com\n\nSubject: in the body')).toBe('');
  expect(contactName('BEGIN:VCARD\r\nFN;CHARSET=UTF-8:Ada\\, Cou\r\n ntess\r\nEND:VCARD')).toBe('Ada, Countess');
  const quoted = 'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\r\nM=C3=BCller\r\nEND:VCARD';
  expect(contactName(`BEGIN:VCARD\r\n${quoted}`)).toBe('Jörg Müller');
  expect(contactName('BEGIN:VCARD\r\nN:A')).toBe('');
  const silent = new File(['From: a@example.com\n\n'], 'silent.eml');
  expect(await tasksFromFile(silent, noCalendar)).toEqual([{ patch: { subject: 'silent.eml' }, files: [silent] }]);
  expect([new File([], 'a.PDF'), silent].map(isTaskFile)).toEqual([false, true]);
});
