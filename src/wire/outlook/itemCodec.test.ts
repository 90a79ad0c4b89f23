import { expect, test } from 'vitest';
import type { JsonObject } from '../dialect.ts';
import { itemCodec } from './itemCodec.ts';
import { graphBeta, outlookRest } from './outlookDialects.ts';

const v2 = itemCodec(outlookRest.spelling);
const beta = itemCodec(graphBeta.spelling);

const message: JsonObject = {
  '@odata.type': 'Microsoft.OutlookServices.Message',
  '@odata.etag': 'W/"1"',
  Id: 'AAMk',
  Subject: 'Lunch',
  BodyPreview: 'At noon',
  Body: { ContentType: 'text', Content: 'At noon?' },
  From: { EmailAddress: { Name: 'Ann', Address: 'ann@example.com' } },
  ToRecipients: [{ EmailAddress: { Address: 'bob@example.com' } }],
  SentDateTime: '2016-12-01T22:27:13Z',
  Importance: 'HIGH',
  IsRead: 'True',
};
const contact: JsonObject = {
  '@odata.type': '#Microsoft.OutlookServices.Contact',
  DisplayName: 'Ann Example',
  GivenName: 'Ann',
  EmailAddresses: [{ Name: 'Ann', Address: 'ann@example.com' }],
  MobilePhone1: '+1 555 0100',
  HomeAddress: { Street: '1 Main St', City: 'Springfield', CountryOrRegion: 'USA' },
  BusinessAddress: {},
  Birthday: '1990-02-03T00:00:00Z',
};
const event: JsonObject = {
  '@odata.type': 'Microsoft.OutlookServices.Event',
  Subject: 'Standup',
  Start: { DateTime: '2016-12-02T18:00:00', TimeZone: 'Pacific Standard Time' },
  Location: { DisplayName: 'Room 1', Address: null },
  Attendees: [
    { EmailAddress: { Name: 'Bob', Address: 'bob@example.com' }, Type: 'Optional', Status: { Response: 'None' } },
  ],
  Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd', StartDate: '2016-12-02' } },
  ReminderMinutesBeforeStart: 15,
};

test('a message', () => {
  expect(v2.decode(message, 'Item', true)).toMatchObject({
    kind: 'message',
    subject: 'Lunch',
    from: { name: 'Ann', address: 'ann@example.com' },
    toRecipients: [{ name: 'bob@example.com', address: 'bob@example.com' }],
    ccRecipients: [],
    sentAt: '2016-12-01T22:27:13.000Z',
    importance: 'high',
    isRead: true,
  });
});

test('a contact', () => {
  expect(v2.decode(contact, 'Item', true)).toMatchObject({
    kind: 'contact',
    mobilePhone: '+1 555 0100',
    homeAddress: { street: '1 Main St', city: 'Springfield', state: '', countryOrRegion: 'USA', postalCode: '' },
    businessAddress: null,
    notes: '',
  });
  expect(beta.encode(v2.decode(contact, 'Item', true))).toMatchObject({ mobilePhone: '+1 555 0100' });
});

test('an event', () => {
  expect(v2.decode(event, 'Item', true)).toMatchObject({
    kind: 'event',
    start: { local: '2016-12-02T18:00:00.000', zone: 'America/Los_Angeles' },
    end: null,
    attendees: [{ name: 'Bob', address: 'bob@example.com', type: 'optional' }],
    recurrence: { pattern: { type: 'daily', interval: 1 } },
    reminderMinutes: 15,
  });
});

test.each([message, contact, event])('an item of one dialect is written in both', (json) => {
  const item = v2.decode(json, 'Item', true);
  expect(v2.decode(v2.encode(item), 'Item', true)).toEqual(item);
  expect(beta.decode(beta.encode(item), 'item', true)).toEqual(item);
});

test('unknown names are errors in a request and ignored in a response', () => {
  const odd = { ...event, Colour: 'red' };
  expect(() => v2.decode(odd, 'Item', true)).toThrow(
    /'Colour' does not exist on type 'Microsoft.OutlookServices.Event'/,
  );
  expect(v2.decode(odd, 'Item', false)).toMatchObject({ subject: 'Standup' });
  expect(() => v2.decode({ ...event, MobilePhone1: '1' }, 'Item', true)).toThrow(/'MobilePhone1'/);
  expect(() => v2.decode({ ...message, ToRecipients: 'bob' }, 'Item', true)).toThrow(/Item.ToRecipients/);
});

test('the times of an event are in the zone of the response', () => {
  const item = v2.decode(event, 'Item', true);
  expect(v2.encode(item, {})['Start']).toEqual({ DateTime: '2016-12-03T02:00:00.0000000', TimeZone: 'UTC' });
  const shown = { DateTime: '2016-12-02T21:00:00.0000000', TimeZone: 'Eastern Standard Time' };
  expect(v2.encode(item, { zone: 'Eastern Standard Time' })['Start']).toEqual(shown);
});
