import { describe, expect, test } from 'vitest';
import { blankTask } from '../../../domain/changes/taskPatch.ts';
import { readCsv } from './csv.ts';
import { writeCsv } from './csvWriter.ts';
import type { ImportedFile } from '../fileModel.ts';

/** CSV as other programs write it: nothing is guessed or dropped without a word. */

const zone = 'Europe/Berlin';
const csv = (...lines: readonly string[]) => readCsv(lines.join('\r\n'), { zone, dayFirst: true });
const patchesOf = ({ folders }: ImportedFile) => folders.flatMap(({ tasks }) => tasks.map(({ patch }) => patch));
const problemsOf = ({ problems }: ImportedFile) => problems.map(({ at, kind, name }) => [at, kind, name]);
const day = (text: string) => ({ local: `${text}T00:00:00.000`, zone });

test('a first line that names the separator, as Excel writes it', () => {
  const file = csv('sep=;', 'Subject;Due Date', 'Rasen mähen;27.03.2026', 'Hecke;nie');
  expect(patchesOf(file)).toMatchObject([{ subject: 'Rasen mähen', due: day('2026-03-27') }, { subject: 'Hecke' }]);
  expect(problemsOf(file)).toEqual([['4', 'value', 'due date']]);
});

describe('% Complete', () => {
  test.each([
    ['1', 'completed'],
    ['1.0', 'completed'],
    ['.5', 'inProgress'],
    ['"0,25"', 'inProgress'],
    ['100', 'completed'],
    ['100%', 'completed'],
    ['100 %', 'completed'],
    ['1%', 'inProgress'],
    ['40', 'inProgress'],
    ['0', undefined],
    ['', undefined],
    ['half', undefined],
    ['140', undefined],
  ])('%s is %s', (cell, status) => {
    const file = csv('Subject,% Complete', `A,${cell}`);
    expect(patchesOf(file)[0]?.status).toBe(status);
    const said = status === 'inProgress' ? 'changed' : ['half', '140'].includes(cell) ? 'value' : undefined;
    expect(problemsOf(file)).toEqual(said === undefined ? [] : [['2', said, '% complete']]);
  });
});

test('Outlook’s date that means none is no date, and completes nothing', () => {
  const head =
    'Subject,Start Date,Due Date,Reminder On/Off,Reminder Date,Reminder Time,Date Completed,% Complete,Status';
  const file = csv(head, 'A,1/1/4501,1/1/4501,False,1/1/4501,12:00:00 AM,1/1/4501,0,');
  expect(patchesOf(file)).toEqual([{ subject: 'A', isReminderOn: false }]);
  expect(file.problems).toEqual([]);
});

test('a completion date of a task that is not completed is said', () => {
  const file = csv('Subject,Date Completed,Status', 'A,3/3/2026,In Progress');
  expect(patchesOf(file)).toEqual([{ subject: 'A', status: 'inProgress' }]);
  expect(problemsOf(file)).toEqual([['2', 'value', 'date completed']]);
});

describe('yes and no', () => {
  test.each(['Wahr', 'Vrai', 'Verdadero', 'Yes', 'TRUE', 'Ein', 'Vero', 'Prawda', 'Истина', '1', '-1'])(
    '%s',
    (word) => {
      const file = csv('Subject,Private,Reminder On/Off,Reminder Date', `A,${word},${word},27.3.2026`);
      expect(patchesOf(file)).toMatchObject([{ sensitivity: 'private', isReminderOn: true }]);
      expect(file.problems).toEqual([]);
    },
  );

  test.each(['Falsch', 'Faux', 'Aus', 'No', '0'])('%s', (word) => {
    const file = csv('Subject,Private,Reminder On/Off', `A,${word},${word}`);
    expect(patchesOf(file)).toEqual([{ subject: 'A', isReminderOn: false }]);
    expect(file.problems).toEqual([]);
  });

  test('any other word is said', () => {
    const file = csv('Subject,Private,Reminder On/Off', 'A,perhaps,perhaps');
    expect(patchesOf(file)).toEqual([{ subject: 'A' }]);
    expect(problemsOf(file)).toEqual([
      ['2', 'value', 'private'],
      ['2', 'value', 'reminder on/off'],
    ]);
  });

  test('a private task with the sensitivity of others is private', () => {
    expect(patchesOf(csv('Subject,Private,Sensitivity', 'A,True,Normal'))[0]?.sensitivity).toBe('private');
    expect(patchesOf(csv('Subject,Private,Sensitivity', 'A,True,Confidential'))[0]?.sensitivity).toBe('confidential');
  });
});

test('cells without a column, and columns without a name of their own, are said', () => {
  const file = csv('Subject,,Subject', 'A,lost,twice,beyond', 'B,,,');
  expect(patchesOf(file)).toEqual([{ subject: 'A' }, { subject: 'B' }]);
  expect(file.problems).toEqual([
    { at: '1', kind: 'unknown', name: '', value: 'lost' },
    { at: '1', kind: 'unknown', name: 'subject', value: 'twice' },
    { at: '2', kind: 'unknown', name: '', value: 'beyond' },
  ]);
});

test('the German columns and words of Outlook', () => {
  const head =
    'Betreff;Beginnt am;Fällig am;Erinnerung Ein/Aus;Erinnerung am;Erinnerung um;Erledigt am;% erledigt;Kategorien;Notizen;Priorität;Privat;Status;Vertraulichkeit';
  const file = csv(
    head,
    'Dachrinne säubern;2.3.2026;27.3.2026;Ein;27.3.2026;08:00:00;;0;Haus;Leiter;Hoch;Aus;Nicht begonnen;Normal',
    'Steuer;;;Aus;;;3.3.2026;1;;;Niedrig;Aus;Erledigt;Persönlich',
  );
  expect(patchesOf(file)).toEqual([
    {
      subject: 'Dachrinne säubern',
      start: day('2026-03-02'),
      due: day('2026-03-27'),
      reminder: { local: '2026-03-27T08:00:00.000', zone },
      isReminderOn: true,
      categories: ['Haus'],
      body: { contentType: 'text', content: 'Leiter' },
      importance: 'high',
      status: 'notStarted',
      sensitivity: 'normal',
    },
    {
      subject: 'Steuer',
      completed: day('2026-03-03'),
      isReminderOn: false,
      importance: 'low',
      status: 'completed',
      sensitivity: 'personal',
    },
  ]);
  expect(file.problems).toEqual([]);
});

test('TickTick: lines before the columns, lists as folders, midnights of a zone', () => {
  const file = csv(
    '\uFEFF"Date: 2026-03-01+0000"',
    '"Version: 7.1"',
    '"Status: ',
    '0 Normal',
    '1 Completed"',
    '"Folder Name","List Name","Title","Kind","Tags","Content","Start Date","Due Date","Reminder","Repeat","Priority","Status","Timezone"',
    '"Home","Garden","Roses","CHECKLIST","a, b","▫one\r▪two","2026-03-26T23:00:00+0000","2026-03-26T23:00:00+0000","PT0S","FREQ=WEEKLY","5","0","Europe/Berlin"',
    '"","Inbox","Done","TEXT","","","","soon","","","0","2","Asia/Tokyo"',
  );
  expect(file.folders).toMatchObject([
    {
      group: 'Home',
      name: 'Garden',
      tasks: [
        {
          patch: {
            subject: 'Roses',
            start: day('2026-03-27'),
            due: day('2026-03-27'),
            categories: ['a', 'b'],
            importance: 'high',
            body: { content: '☐ one\n☑ two' },
            recurrence: { pattern: { type: 'weekly', daysOfWeek: ['friday'] } },
          },
        },
      ],
    },
    { group: null, name: 'Inbox', tasks: [{ patch: { subject: 'Done', status: 'completed' } }] },
  ]);
  expect(problemsOf(file)).toEqual([
    ['7', 'unknown', 'reminder'],
    ['9', 'value', 'due date'],
  ]);
});

test('Todoist: subtasks become a checklist, comments notes', () => {
  const file = csv(
    'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE',
    'section,Garden,,,,,,,,',
    'task,Roses,Prune,1,1,,,2026-03-27,en,Europe/Berlin',
    'task,Gloves,,4,2,,,,en,Europe/Berlin',
    'note,Remember,,,,,,,,',
    'task,Lawn,,4,1,,Zoe,every monday,en,Europe/Berlin',
  );
  expect(patchesOf(file)).toEqual([
    {
      subject: 'Roses',
      importance: 'high',
      due: day('2026-03-27'),
      body: { contentType: 'text', content: '☐ Gloves\nPrune\nRemember' },
    },
    { subject: 'Lawn', importance: 'normal' },
  ]);
  expect(problemsOf(file)).toEqual([
    ['2', 'unknown', 'content'],
    ['6', 'unknown', 'responsible'],
    ['6', 'value', 'date'],
  ]);
});

test('an export has its column names and then its rows; names with commas stay whole', () => {
  const task = {
    ...blankTask({ id: 'a', folderId: 'f', owner: null, now: '2026-03-01T09:00:00.000Z' }),
    subject: 'A',
    categories: ['Smith, John'],
    body: { contentType: 'text' as const, content: 'one\r\ntwo' },
  };
  const folder = { group: 'G', isDefaultGroup: false, name: 'F', isDefault: false };
  const text = writeCsv([{ ...folder, tasks: [{ task, attachments: [] }] }], { zone, plainText: (html) => html });
  const lines = text.split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^\uFEFF"Subject","Start Date"/);
  expect(lines[1]).toMatch(/^"A",/);
  expect(patchesOf(readCsv(text, { zone, dayFirst: false }))).toMatchObject([
    { categories: ['Smith, John'], body: { content: 'one\ntwo' } },
  ]);
});
