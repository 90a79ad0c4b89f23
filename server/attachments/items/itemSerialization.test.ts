import ICAL from 'ical.js';
import { rrulestr } from 'rrule';
import { describe, expect, test } from 'vitest';
import type { EventItem, OutlookItem } from '../../../src/domain/task/outlookItem.ts';
import { occurrences } from '../../../src/domain/recurrence/recurrence.ts';
import type { Recurrence } from '../../../src/domain/task/task.ts';
import { dayOf, instantOf, type Day } from '../../../src/domain/time/time.ts';
import { itemCodec } from '../../../src/wire/outlook/itemCodec.ts';
import { graphBeta } from '../../../src/wire/outlook/outlookDialects.ts';
import { serializeItem } from './itemSerialization.ts';

const codec = itemCodec(graphBeta.spelling);
const made = { id: 'AbC', modified_at: '2026-03-25T12:00:00.000Z' };
function itemOf<K extends OutlookItem['kind']>(kind: K, members: object): Extract<OutlookItem, { kind: K }> {
  const item = codec.decode({ '@odata.type': `microsoft.graph.${kind}`, ...members }, 'item', true);
  const isKind = (one: OutlookItem): one is Extract<OutlookItem, { kind: K }> => one.kind === kind;
  if (!isKind(item)) throw new Error(`The codec read a ${item.kind}.`);
  return item;
}
const textOf = async (item: OutlookItem) => Buffer.from((await serializeItem(item, made)).bytes).toString();

describe('a message', () => {
  const message = (members: object) => itemOf('message', { subject: 'Lunch', ...members });

  test('in plain text', async () => {
    const person = (name: string, address: string) => ({ emailAddress: { name, address } });
    const text = await textOf(
      message({
        body: { contentType: 'text', content: 'At noon?\nÀ midi?' },
        from: person('Ann Example', 'ann@example.com'),
        toRecipients: [person('Bob, Jr.', 'bob@example.com'), person('', 'cy@example.com')],
        bccRecipients: [person('Di', 'di@example.com')],
        sentDateTime: '2016-12-01T22:27:13Z',
        importance: 'high',
        internetMessageId: '<one@example.com>',
      }),
    );
    expect(text.split('\r\n')).toEqual(
      expect.arrayContaining([
        'From: Ann Example <ann@example.com>',
        'To: "Bob, Jr." <bob@example.com>, cy@example.com',
        'Bcc: Di <di@example.com>',
        'Subject: Lunch',
        'Date: Thu, 01 Dec 2016 22:27:13 +0000',
        'Message-ID: <one@example.com>',
        'Importance: high',
        'Content-Type: text/plain; charset=utf-8',
      ]),
    );
    expect(text).toContain('=C3=80 midi?');
  });

  test('in HTML, and one with few values', async () => {
    expect(await textOf(message({ body: { contentType: 'html', content: '<b>x</b>' } }))).toContain('text/html');
    expect(await textOf(message({}))).toContain('Message-ID: <AbC@threefold.invalid>');
  });

  test('texts cannot add headers, or read files of the service', async () => {
    const text = await textOf(
      message({
        subject: 'a\r\nX-Evil: yes',
        body: { contentType: 'text', content: 'file:///etc/passwd' },
        internetMessageId: '<a>\r\nX-Evil: yes',
        categories: ['b\r\nX-Evil: yes'],
        toRecipients: [{ emailAddress: { name: 'c\r\nX-Evil: yes', address: 'c@example.com\r\nX-Evil: yes' } }],
      }),
    );
    expect(text).not.toMatch(/^X-Evil:/m);
    expect(text).toContain('file:///etc/passwd');
  });
});

describe('an event', () => {
  const zone = 'America/Los_Angeles';
  const event = (members: object) =>
    itemOf('event', {
      subject: 'Gifts; for "children", all',
      start: { dateTime: '2016-12-02T18:00:00', timeZone: zone },
      end: { dateTime: '2016-12-02T19:00:00', timeZone: zone },
      ...members,
    });
  async function parsed(item: EventItem) {
    const calendar = ICAL.Component.fromString(await textOf(item));
    const [component] = calendar.getAllSubcomponents('vevent');
    if (component === undefined) throw new Error('no event');
    return { calendar, component, event: new ICAL.Event(component) };
  }

  test('that does not repeat is an instant', async () => {
    const item = event({
      body: { contentType: 'text', content: 'Line\nline' },
      location: { displayName: 'Room 1' },
      organizer: { emailAddress: { name: 'Ann', address: 'ann@example.com' } },
      attendees: [{ emailAddress: { address: 'bob@example.com' }, type: 'optional' }],
      isReminderOn: true,
      sensitivity: 'private',
    });
    const { calendar, component, event: read } = await parsed(item);
    expect(read).toMatchObject({
      summary: 'Gifts; for "children", all',
      location: 'Room 1',
      description: 'Line\nline',
    });
    expect(read.startDate.toJSDate().toISOString()).toBe('2016-12-03T02:00:00.000Z');
    expect(read.endDate.toJSDate().toISOString()).toBe('2016-12-03T03:00:00.000Z');
    expect(read.attendees[0]?.getParameter('role')).toBe('OPT-PARTICIPANT');
    expect(component.getFirstPropertyValue('class')).toBe('PRIVATE');
    expect(component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')?.toString()).toBe('-PT15M');
    expect(calendar.getFirstSubcomponent('vtimezone')).toBeNull();
  });

  test('of whole days has no time', async () => {
    const item = event({ isAllDay: true, body: { contentType: 'html', content: '<b>x</b>' } });
    const { component } = await parsed(item);
    expect(component.getFirstPropertyValue('dtstart')?.toString()).toBe('2016-12-02');
    expect(component.getFirstPropertyValue('x-alt-desc')).toBe('<b>x</b>');
  });

  test('without times is still valid', async () => {
    const { component } = await parsed(event({ start: null, end: null }));
    expect(component.getFirstProperty('dtstart')).toBeNull();
  });

  const rules: Recurrence['pattern'][] = [
    { type: 'daily', interval: 3 },
    { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'sunday'], firstDayOfWeek: 'monday' },
    { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'sunday'], firstDayOfWeek: 'sunday' },
    { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
    { type: 'absoluteMonthly', interval: 2, dayOfMonth: 30 },
    { type: 'absoluteMonthly', interval: 1, dayOfMonth: 7 },
    { type: 'absoluteYearly', interval: 2, month: 4, dayOfMonth: 15 },
    { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
    { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 },
    { type: 'relativeYearly', interval: 1, month: 5, daysOfWeek: ['monday', 'tuesday'], index: 'second' },
  ];
  test.each(rules)('that repeats ($type) occurs on the days of the rule, at the same local time', async (pattern) => {
    const rule: Recurrence = { pattern, range: { type: 'numbered', numberOfOccurrences: 8, startDate: '2026-01-31' } };
    const days: Day[] = [];
    for (const day of occurrences(rule, dayOf('2026-01-01T00:00:00.000Z', 'UTC'))) days.push(day);
    // Clients start a series on one of its own days (docs/protocol.md#dates-of-a-series).
    const item: EventItem = { ...event({}), recurrence: rule, start: { local: `${days[0]}T18:00:00.000`, zone } };
    const { calendar, component, event: read } = await parsed(item);
    const definition = calendar.getFirstSubcomponent('vtimezone');
    if (definition === null) throw new Error('The calendar has no time zone.');
    const tz = new ICAL.Timezone(definition);
    expect(component.getFirstProperty('dtstart')?.getParameter('tzid')).toBe(zone);
    const start = String(days[0]).replaceAll('-', '');
    const dates = rrulestr(`DTSTART:${start}T180000Z\nRRULE:${String(component.getFirstPropertyValue('rrule'))}`).all();
    expect(dates.map((date) => date.toISOString().slice(0, 10))).toEqual(days);
    for (const day of days) {
      const at = ICAL.Time.fromDateTimeString(`${day}T18:00:00`);
      at.zone = tz;
      expect(at.toJSDate().toISOString()).toBe(instantOf({ local: `${day}T18:00:00.000`, zone }));
    }
    expect(read.isRecurring()).toBe(true);
  });

  test('ends with its last day', async () => {
    const range = { type: 'endDate', startDate: '2016-12-02', endDate: '2016-12-05' };
    const { component } = await parsed(event({ recurrence: { pattern: { type: 'daily', interval: 1 }, range } }));
    expect(String(component.getFirstPropertyValue('rrule'))).toContain('UNTIL=20161206T075959Z');
  });
});

test('a contact', async () => {
  const item = itemOf('contact', {
    displayName: 'Ann; Example, Dr.',
    givenName: 'Ann',
    surname: 'Example',
    title: 'Dr.',
    companyName: 'Contoso; Ltd',
    department: 'Sales',
    emailAddresses: [{ name: 'Ann', address: 'ann@example.com' }],
    mobilePhone: '+1 555 0100',
    homeAddress: { street: '1 Main St', city: 'Springfield', postalCode: '12345' },
    birthday: '1990-02-03T00:00:00Z',
    personalNotes: 'Line\nline',
    categories: ['Friends', 'Work'],
  });
  const text = await textOf(item);
  expect(text).toMatch(/^BEGIN:VCARD\r\nVERSION:4.0\r\n/);
  const card = ICAL.Component.fromString(text);
  expect(card.getFirstPropertyValue('fn')).toBe('Ann; Example, Dr.');
  expect(card.getFirstPropertyValue('n')).toEqual(['Example', 'Ann', '', 'Dr.', '']);
  expect(card.getFirstPropertyValue('org')).toEqual(['Contoso; Ltd', 'Sales']);
  expect(card.getFirstProperty('tel')?.getParameter('type')).toBe('cell');
  expect(card.getFirstPropertyValue('adr')).toEqual(['', '', '1 Main St', 'Springfield', '', '12345', '']);
  expect(card.getFirstPropertyValue('note')).toBe('Line\nline');
  expect(card.getFirstPropertyValue('bday')?.toString()).toBe('1990-02-03');
  expect(card.getFirstProperty('categories')?.getValues()).toEqual(['Friends', 'Work']);
});

test('texts add no lines to a calendar or a contact', async () => {
  const evil = 'a\r\nX-EVIL:yes\rb\u0007';
  const event = itemOf('event', {
    subject: evil,
    body: { contentType: 'text', content: 'one\r\ntwo\rthree' },
    start: { dateTime: '2016-12-02T18:00:00', timeZone: 'UTC' },
    location: { displayName: evil },
    organizer: { emailAddress: { name: evil, address: `a@example.com${evil}` } },
    attendees: [{ emailAddress: { name: evil, address: `b@example.com${evil}` }, type: 'required' }],
    categories: [evil],
  });
  const contact = itemOf('contact', {
    displayName: evil,
    companyName: evil,
    imAddresses: [evil],
    businessHomePage: `https://a.example/${evil}`,
    personalNotes: 'one\r\ntwo',
    emailAddresses: [{ name: evil, address: evil }],
  });
  for (const text of [await textOf(event), await textOf(contact)]) {
    expect(text.replace(/\r\n /g, '')).not.toMatch(/^X-EVIL/m);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/(?=\p{Cc})[^\n]/u);
  }
  expect(await textOf(event)).toContain('DESCRIPTION:one\\ntwo\\nthree\r\n');
});

test('a contact with nothing but an address', async () => {
  const item = itemOf('contact', { emailAddresses: [{ address: 'ann@example.com' }] });
  expect(await textOf(item)).toContain('FN:ann@example.com');
});
