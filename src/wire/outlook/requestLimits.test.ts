import { describe, expect, test } from 'vitest';
import { limits } from '../../domain/limits.ts';
import { outlookRest, graphBeta } from './outlookDialects.ts';
import { attachmentCodec } from './attachmentCodec.ts';
import { WireError } from '../jsonReader.ts';

const { member } = outlookRest.spelling;
const text = (length: number) => 'x'.repeat(length);
const list = (length: number) => Array.from({ length }, (_, at) => `n${at}`);
const event = (members: object) => ({
  '@odata.type': '#Microsoft.OutlookServices.ItemAttachment',
  Name: 'Meeting',
  Item: { '@odata.type': 'Microsoft.OutlookServices.Event', ...members },
});
const file = (members: object) => ({
  '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
  Name: 'a.txt',
  ContentBytes: '',
  ...members,
});
const link = (members: object) => ({
  '@odata.type': '#Microsoft.OutlookServices.ReferenceAttachment',
  Name: 'a',
  SourceUrl: 'https://example.com',
  ...members,
});
const person = (Address: string) => ({ EmailAddress: { Name: '', Address } });

const { task, folder, group } = outlookRest;
const attachment = attachmentCodec(outlookRest.spelling);
const values: readonly [name: string, limit: number, read: (length: number) => unknown][] = [
  ['Subject', limits.subject, (length) => task.decodePatch({ Subject: text(length) })],
  ['Body.Content', limits.body, (length) => task.decodePatch({ Body: { Content: text(length) } })],
  ['Categories', limits.categories, (length) => task.decodePatch({ Categories: list(length) })],
  ['Categories[0]', limits.categoryName, (length) => task.decodePatch({ Categories: [text(length)] })],
  ['folder Name', limits.placeName, (length) => folder.decodePatch({ Name: text(length) })],
  ['group Name', limits.placeName, (length) => group.decodePatch({ Name: text(length) })],
  ['file Name', limits.attachmentName, (length) => attachment.decodeNew(file({ Name: text(length) }))],
  ['ContentType', limits.contentType, (length) => attachment.decodeNew(file({ ContentType: text(length) }))],
  ['ContentId', limits.contentId, (length) => attachment.decodeNew(file({ ContentId: text(length) }))],
  ['ContentLocation', limits.url, (length) => attachment.decodeNew(file({ ContentLocation: text(length) }))],
  ['SourceUrl', limits.url, (length) => attachment.decodeNew(link({ SourceUrl: text(length) }))],
  ['PreviewUrl', limits.url, (length) => attachment.decodeNew(link({ PreviewUrl: text(length) }))],
  ['item Subject', limits.subject, (length) => attachment.decodeNew(event({ Subject: text(length) }))],
  ['item Body', limits.body, (length) => attachment.decodeNew(event({ Body: { Content: text(length) } }))],
  ['ICalUId', limits.text, (length) => attachment.decodeNew(event({ ICalUId: text(length) }))],
  [
    'Attendees',
    limits.list,
    (length) => attachment.decodeNew(event({ Attendees: list(length).map((name) => person(name)) })),
  ],
  ['attendee', limits.text, (length) => attachment.decodeNew(event({ Attendees: [person(text(length))] }))],
  ['location', limits.text, (length) => attachment.decodeNew(event({ Location: { DisplayName: text(length) } }))],
  [
    'upload Name',
    limits.attachmentName,
    (length) => attachment.decodeUpload({ AttachmentItem: { AttachmentType: 'File', Name: text(length), Size: 1 } }),
  ],
];

function failureOf(run: () => unknown): WireError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
}

describe('the limits of a request', () => {
  test.each(values)(
    '%s: a value at its limit is read, a longer one is an error that names the limit',
    (_, limit, read) => {
      expect(failureOf(() => read(limit))).toBeNull();
      expect(failureOf(() => read(limit + 1))).toMatchObject({
        code: 'ErrorPropertyValidationFailure',
        message: expect.stringMatching(new RegExp(`limit of ${limit}: it has ${limit + 1}`)),
      });
    },
  );

  const rule = (given: { days?: readonly string[]; zone?: string; start?: string }) => ({
    Recurrence: {
      Pattern: { Type: 'Weekly', Interval: 1, DaysOfWeek: given.days ?? ['Monday'] },
      Range: { Type: 'NoEnd', StartDate: given.start ?? '2026-05-04', RecurrenceTimeZone: given.zone ?? 'UTC' },
    },
  });

  test.each([
    ['DateTime', { DueDateTime: { DateTime: text(65) } }],
    ['TimeZone', { DueDateTime: { DateTime: '2026-05-04', TimeZone: text(129) } }],
    ['DaysOfWeek', rule({ days: Array.from({ length: 8 }, () => 'Monday') })],
    ['RecurrenceTimeZone', rule({ zone: text(129) })],
    ['StartDate', rule({ start: text(65) })],
  ])('%s is rejected by its length before it is parsed', (_, json) => {
    expect(failureOf(() => task.decodePatch(json))).toMatchObject({ code: 'ErrorPropertyValidationFailure' });
  });

  test('beta has the same limits', () => {
    const name = graphBeta.spelling.member('Subject');
    expect(failureOf(() => graphBeta.task.decodePatch({ [name]: text(256) }))?.path).toBe('subject');
  });
});

test('a response may contain longer, older values', () => {
  const long = text(5_000);
  const answer = { Id: 'x', Subject: long, Categories: list(200), ParentFolderId: 'f', [member('Owner')]: long };
  const dates = { CreatedDateTime: '2026-05-04T00:00:00Z', LastModifiedDateTime: '2026-05-04T00:00:00Z' };
  const read = task.decode({ ...answer, ...dates });
  expect(read.subject).toBe(long);
  expect(read.categories).toHaveLength(200);
  expect(read.owner).toBe(long);
});
