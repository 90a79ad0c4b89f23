import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { propertyRuns } from '../testing/testDatabase.ts';
import { startService, type Service } from '../testing/testService.ts';

/** Any attachment is either rejected or readable through every endpoint: never a 5xx. */

let service: Service;
let task: string;
beforeAll(async () => {
  service = await startService();
  task = String((await service.send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
});
afterAll(() => service.close());

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('\u0000', '\ud800', 'a\r\nb', '../x', '"', 'é', '\u202e', '%', 'BEGIN:VEVENT', '1;2,3\\n'),
);
const when = fc.record({
  DateTime: fc.constantFrom('2026-03-29T02:30:00', '0001-01-01', '9999-12-31T23:59:59', '2016-02-29T00:00:00.1234567'),
  TimeZone: fc.constantFrom('UTC', 'Pacific Standard Time', 'Europe/Paris', 'Pacific/Kiritimati', 'Etc/GMT+12'),
});
const person = fc.record({ EmailAddress: fc.record({ Name: odd, Address: odd }) });
const range = fc.constantFrom(
  { Type: 'NoEnd', StartDate: '2026-01-31' },
  { Type: 'EndDate', StartDate: '0001-01-01', EndDate: '9999-12-31' },
  { Type: 'Numbered', NumberOfOccurrences: 999, StartDate: '2026-01-31' },
);
const pattern = fc.constantFrom(
  { Type: 'Daily', Interval: 99_999 },
  { Type: 'Daily', Interval: -1 },
  { Type: 'Weekly', Interval: 1, DaysOfWeek: [] },
  { Type: 'AbsoluteMonthly', Interval: 1, DayOfMonth: 99 },
  { Type: 'AbsoluteYearly', Interval: 1, Month: 13, DayOfMonth: 0 },
  { Type: 'RelativeYearly', Interval: 1, Month: 2, DaysOfWeek: ['Monday'], Index: 'Last' },
);
const body = fc.record({ ContentType: fc.constantFrom('Text', 'HTML'), Content: odd });
const event = fc.record(
  {
    Subject: odd,
    Body: body,
    Start: when,
    End: when,
    IsAllDay: fc.boolean(),
    Categories: fc.array(odd),
    Location: fc.record({ DisplayName: odd }),
    Organizer: person,
    Attendees: fc.array(person, { maxLength: 2 }),
    Recurrence: fc.record({ Pattern: pattern, Range: range }),
    IsReminderOn: fc.boolean(),
    ReminderMinutesBeforeStart: fc.integer(),
    ICalUId: odd,
  },
  { requiredKeys: [] },
);
const message = fc.record(
  {
    Subject: odd,
    Body: body,
    From: person,
    ToRecipients: fc.array(person),
    InternetMessageId: odd,
    SentDateTime: fc.constantFrom('0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
    Categories: fc.array(odd),
  },
  { requiredKeys: [] },
);
const contact = fc.record(
  {
    DisplayName: odd,
    GivenName: odd,
    CompanyName: odd,
    Department: odd,
    BusinessPhones: fc.array(odd),
    EmailAddresses: fc.array(fc.record({ Address: odd })),
    BusinessHomePage: odd,
    PersonalNotes: odd,
    HomeAddress: fc.record({ City: odd }),
    Birthday: fc.constantFrom('0001-01-01', '2026-02-30', 'x'),
  },
  { requiredKeys: [] },
);
const typed = (type: string, members: object) => ({ '@odata.type': `#Microsoft.OutlookServices.${type}`, ...members });
const item = fc.oneof(
  event.map((members) => typed('Event', members)),
  message.map((members) => typed('Message', members)),
  contact.map((members) => typed('Contact', members)),
);
const attachment = fc.oneof(
  fc
    .record({ Name: odd, ContentType: odd, ContentId: odd, ContentBytes: fc.base64String() })
    .map((members) => typed('FileAttachment', members)),
  fc.record({ Name: odd, SourceUrl: odd, PreviewUrl: odd }).map((members) => typed('ReferenceAttachment', members)),
  fc.record({ Name: odd, Item: item }).map((members) => typed('ItemAttachment', members)),
);

test('no attachment makes a read fail', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(attachment, async (sent) => {
      const place = `/me/tasks('${task}')/attachments`;
      const made = await service.send('POST', place, sent);
      expect(made.status).toBeLessThan(500);
      if (made.status !== 201) return;
      taken += 1;
      const path = `${place}('${String(made.body['Id'])}')`;
      expect((await service.send('GET', path)).body).toEqual(made.body);
      const expanded = await service.send('GET', `${path}?$expand=x.ItemAttachment/Item`, undefined, {
        Prefer: 'outlook.timezone="Asia/Tokyo"',
      });
      expect(expanded.status).toBe(200);
      expect((await service.send('GET', `${path}/$value`)).status).toBeLessThan(500);
      const graph = await service.request('GET', `/beta/me/outlook/tasks/${task}?$expand=attachments`);
      expect(graph.status).toBe(200);
      expect((await service.send('DELETE', path)).status).toBe(204);
    }),
    { numRuns: propertyRuns(400) },
  );
  expect(taken).toBeGreaterThan(propertyRuns(100));
});
