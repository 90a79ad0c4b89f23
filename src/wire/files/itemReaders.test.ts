import { expect, test } from 'vitest';
import { readContacts } from './contactReader.ts';
import { readEvents } from './eventReader.ts';
import { readMessage } from './messageReader.ts';

const zone = 'Europe/Paris';
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;
const calendar = (...event: string[]) =>
  lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:1',
    'SUMMARY:Visit',
    ...event,
    'END:VEVENT',
    'END:VCALENDAR',
  );
const eventIn = (...event: string[]) => {
  const read = readEvents(calendar(...event), { zone });
  return read.kind === 'items' ? read.items[0] : read.kind;
};

test('an event keeps its wall-clock time, place, people and alarm', () => {
  expect(
    eventIn(
      'DTSTART;TZID=America/New_York:20270317T100000',
      'DURATION:PT1H30M',
      'LOCATION:Mill Lane 4',
      'ORGANIZER;CN=Ada:mailto:ada@example.com',
      'ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:bob@example.com',
      'RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=3',
      'PRIORITY:1',
      'CLASS:PRIVATE',
      'CATEGORIES:Home,Garden',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT15M',
      'END:VALARM',
    ),
  ).toMatchObject({
    kind: 'event',
    subject: 'Visit',
    start: { local: '2027-03-17T10:00:00.000', zone: 'America/New_York' },
    end: { local: '2027-03-17T11:30:00.000', zone: 'America/New_York' },
    isAllDay: false,
    location: { displayName: 'Mill Lane 4' },
    organizer: { name: 'Ada', address: 'ada@example.com' },
    attendees: [{ name: 'bob@example.com', address: 'bob@example.com', type: 'optional' }],
    recurrence: { pattern: { type: 'weekly', daysOfWeek: ['wednesday'] }, range: { type: 'numbered' } },
    importance: 'high',
    sensitivity: 'private',
    categories: ['Home', 'Garden'],
    isReminderOn: true,
    reminderMinutes: 15,
  });
});

test('an all-day event lasts until the next day', () => {
  expect(eventIn('DTSTART;VALUE=DATE:20270317')).toMatchObject({
    isAllDay: true,
    start: { local: '2027-03-17T00:00:00.000', zone },
    end: { local: '2027-03-18T00:00:00.000', zone },
  });
});

test.each([
  ['exceptions of a series', ['DTSTART:20270317T100000Z', 'RRULE:FREQ=DAILY', 'EXDATE:20270318T100000Z']],
  ['a rule without a pattern', ['DTSTART:20270317T100000Z', 'RRULE:FREQ=HOURLY']],
  ['a file', ['DTSTART:20270317T100000Z', 'ATTACH:https://a.example/x']],
  ['no start', []],
])('%s is more than an item holds', (_, event) => {
  expect(eventIn(...event)).toBe('holdsMore');
});

test('tasks and plain text are no events', () => {
  const todo = lines('BEGIN:VCALENDAR', 'BEGIN:VTODO', 'SUMMARY:A', 'END:VTODO', 'END:VCALENDAR');
  expect(readEvents(todo, { zone }).kind).toBe('holdsMore');
  expect(readEvents('Hello', { zone }).kind).toBe('unreadable');
  expect(readEvents(lines('BEGIN:VCARD', 'FN:A', 'END:VCARD'), { zone }).kind).toBe('unreadable');
});

const messageIn = async (...all: string[]) => {
  const read = await readMessage(new Blob([lines(...all)]));
  return read.kind === 'items' ? read.items[0] : read.kind;
};

test('a message keeps its sender, recipients, text and date', async () => {
  expect(
    await messageIn(
      'From: =?utf-8?q?Jos=C3=A9?= <jose@example.com>',
      'To: Team: a@example.com, B <b@example.com>;, c@example.com',
      'Subject: =?utf-8?b?w4FnaXRh?=',
      'Date: Fri, 12 Mar 2027 09:30:00 +0100',
      'Importance: high',
      'Message-ID: <1@example.com>',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'caf=E9',
    ),
  ).toMatchObject({
    kind: 'message',
    subject: 'Ágita',
    from: { name: 'José', address: 'jose@example.com' },
    toRecipients: [{ address: 'a@example.com' }, { name: 'B' }, { name: 'c@example.com' }],
    sentAt: '2027-03-12T08:30:00.000Z',
    importance: 'high',
    internetMessageId: '<1@example.com>',
    body: { contentType: 'text', content: expect.stringMatching(/^café\s*$/) },
  });
});

test('a message with files or a signature is kept as a file; plain text is no message', async () => {
  const head = ['From: a@example.com', 'Subject: A', 'MIME-Version: 1.0'];
  const parts = ['--b', 'Content-Type: text/plain', '', 'Hi', '--b', 'Content-Type: image/png; name=a.png'];
  const file = ['Content-Disposition: attachment', 'Content-Transfer-Encoding: base64', '', 'AAAA', '--b--'];
  expect(await messageIn(...head, 'Content-Type: multipart/mixed; boundary=b', '', ...parts, ...file)).toBe(
    'holdsMore',
  );
  expect(await messageIn(...head, 'Content-Type: multipart/signed; boundary=b', '', '--b', '', 'Hi', '--b--')).toBe(
    'holdsMore',
  );
  expect(await messageIn('Hello')).toBe('unreadable');
});

const contactIn = (...all: string[]) => {
  const read = readContacts(lines('BEGIN:VCARD', 'VERSION:3.0', ...all, 'END:VCARD'));
  return read.kind === 'items' ? read.items[0] : read.kind;
};

test('a contact keeps names, numbers, addresses and birthday', () => {
  expect(
    contactIn(
      'N:Lovelace;Ada;;Dr;',
      'FN:Ada Lovelace',
      'ORG:Engines;Sums',
      'TEL;TYPE=WORK,VOICE:+1 2',
      'TEL;TYPE=CELL:3',
      'item1.EMAIL;type=INTERNET:ada@example.com',
      'ADR;TYPE=HOME:;;St James 1;London;;SW1;UK',
      'BDAY:1815-12-10',
      'NOTE:First\\nof all',
    ),
  ).toMatchObject({
    kind: 'contact',
    displayName: 'Ada Lovelace',
    givenName: 'Ada',
    surname: 'Lovelace',
    title: 'Dr',
    companyName: 'Engines',
    department: 'Sums',
    businessPhones: ['+1 2'],
    mobilePhone: '3',
    emailAddresses: [{ address: 'ada@example.com' }],
    homeAddress: { street: 'St James 1', city: 'London', postalCode: 'SW1', countryOrRegion: 'UK' },
    birthday: '1815-12-10T00:00:00.000Z',
    notes: 'First\nof all',
  });
});

test('a photo, a third number or a birthday without a year is more than an item holds', () => {
  expect(contactIn('FN:A', 'PHOTO;ENCODING=b;TYPE=JPEG:AAAA')).toBe('holdsMore');
  expect(contactIn('FN:A', 'TEL:1', 'TEL:2', 'TEL:3')).toBe('holdsMore');
  expect(contactIn('FN:A', 'BDAY:--1210')).toBe('holdsMore');
  expect(readContacts('Hello').kind).toBe('unreadable');
});
