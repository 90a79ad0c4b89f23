import { describe, expect, test } from 'vitest';
import type { NewAttachment } from '../../domain/task/attachment.ts';
import { attachmentCodec } from './attachmentCodec.ts';
import type { JsonObject } from '../dialect.ts';
import { readPage } from '../odata/odata.ts';
import { graphBeta, outlookRest } from './outlookDialects.ts';
import { WireError } from '../jsonReader.ts';

/** Samples of the public documentation without their misprints: doubled quotes, and two ids of one attachment. */
const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
const files = import.meta.glob<JsonObject>('../fixtures/*ttachment*.json', { eager: true, import: 'default' });
const golden = (name: string): JsonObject => {
  const json = files[`../fixtures/${name}.json`];
  if (json === undefined) throw new Error(`There is no fixture ${name}`);
  return json;
};
const membersOf = (name: string) => readPage(golden(name)).value.filter(isJsonObject);

const v2 = attachmentCodec(outlookRest.spelling);
const beta = attachmentCodec(graphBeta.spelling);

const file = {
  kind: 'file',
  id: 'AAMkADNkNRT6JOBs=',
  name: 'Holiday notice',
  contentType: 'application/octet-stream',
  size: 244,
  isInline: false,
  modifiedAt: '2016-11-22T02:24:21.000Z',
  contentId: null,
  contentLocation: null,
} as const;
const item = {
  kind: 'item',
  id: 'AAMkADNkNJVnQIe9r0=',
  name: 'Holiday event',
  contentType: null,
  size: 2473,
  isInline: false,
  modifiedAt: '2016-12-01T22:27:13.000Z',
} as const;
const reference = {
  kind: 'reference',
  id: 'AAMkADNkNQG1Lnn5-o=',
  name: 'Hydrangea picture',
  contentType: null,
  size: 850,
  isInline: true,
  modifiedAt: '2016-11-22T02:32:44.000Z',
  sourceUrl: expect.stringMatching(/^https:\/\/contoso-my\.sharepoint\.com\/.*Documents$/),
  providerType: 'oneDriveBusiness',
  thumbnailUrl: null,
  previewUrl: null,
  permission: 'edit',
  isFolder: false,
} as const;

describe('responses', () => {
  test('a list', () => {
    expect(membersOf('outlookRest.attachments').map(v2.decode)).toEqual([file, item]);
    expect(membersOf('graphBeta.attachments').map(beta.decode)).toEqual([file, item, reference]);
  });

  test('a link', () => {
    expect(v2.decode(golden('outlookRest.attachmentReference'))).toEqual(reference);
  });

  test.each(['attachmentFile', 'attachmentItem', 'attachmentItemCreated', 'attachmentReference'])(
    '%s is written as the documentation prints it, to the order of members',
    (name) => {
      const {
        '@odata.context': _context,
        '@odata.id': _id,
        ContentBytes: _bytes,
        ...printed
      } = golden(`outlookRest.${name}`);
      expect(JSON.stringify(v2.encode(v2.decode(golden(`outlookRest.${name}`))))).toBe(JSON.stringify(printed));
    },
  );

  test('the spelling of beta', () => {
    for (const json of membersOf('graphBeta.attachments')) {
      const { contentBytes: _bytes, ...printed } = json;
      expect(JSON.stringify(beta.encode(beta.decode(json)))).toBe(JSON.stringify(printed));
    }
  });

  test('dates are in the requested zone', () => {
    expect(v2.encode(file, { zone: 'Pacific Standard Time' })['LastModifiedDateTime']).toBe(
      '2016-11-21T18:24:21-08:00',
    );
  });

  test('members that were not selected may be missing', () => {
    const { SourceUrl: _url, Size: _size, ...some } = golden('outlookRest.attachmentReference');
    expect(v2.decode(some)).toMatchObject({ sourceUrl: '', size: 0 });
  });
});

describe('requests', () => {
  const event = {
    kind: 'item',
    name: 'Holiday event',
    isInline: false,
    item: {
      kind: 'event',
      subject: 'Discuss gifts for children',
      body: { contentType: 'html', content: "Let's look for funding!" },
      start: { local: '2016-12-02T18:00:00.000', zone: 'America/Los_Angeles' },
      end: { local: '2016-12-02T19:00:00.000', zone: 'America/Los_Angeles' },
      isAllDay: false,
      location: null,
      organizer: null,
      attendees: [],
      recurrence: null,
      importance: 'normal',
      sensitivity: 'normal',
      showAs: 'busy',
      categories: [],
      isReminderOn: false,
      reminderMinutes: null,
      uid: null,
    },
  } satisfies NewAttachment;

  test('samples of the documentation, in both spellings', () => {
    for (const [codec, dialect] of [
      [v2, 'outlookRest'],
      [beta, 'graphBeta'],
    ] as const) {
      expect(codec.decodeNew(golden(`${dialect}.attachmentFileRequest`))).toEqual({
        kind: 'file',
        name: 'Holiday notice',
        contentType: null,
        isInline: false,
        contentId: null,
        contentLocation: null,
      });
      expect(codec.decodeNew(golden(`${dialect}.attachmentItemRequest`))).toEqual(event);
      const { id: _id, size: _size, contentType: _type, modifiedAt: _at, ...asked } = reference;
      expect(codec.decodeNew(golden(`${dialect}.attachmentReferenceRequest`))).toEqual(asked);
    }
  });

  test('the service reads what a client writes', () => {
    const wanted: NewAttachment[] = [
      { kind: 'file', name: 'a', contentType: 'text/plain', isInline: true, contentId: 'c', contentLocation: 'l' },
      event,
      {
        kind: 'reference',
        name: 'b',
        isInline: false,
        sourceUrl: 'https://example.com/b',
        providerType: 'dropbox',
        thumbnailUrl: 'https://example.com/t',
        previewUrl: null,
        permission: 'anonymousView',
        isFolder: true,
      },
    ];
    for (const codec of [v2, beta]) {
      for (const one of wanted) expect(codec.decodeNew(codec.encodeNew(one, 'AA=='))).toEqual(one);
    }
  });

  test('lenient input', () => {
    const { '@odata.type': _type, ...given } = golden('outlookRest.attachmentReferenceRequest');
    for (const type of [
      'Microsoft.OutlookServices.ReferenceAttachment',
      '#microsoft.graph.referenceAttachment',
      '#Microsoft.OutlookServices.REFERENCEATTACHMENT',
    ]) {
      const body = {
        ...given,
        '@odata.type': type,
        ProviderType: 'DROPBOX',
        Permission: 'anonymousEDIT',
        IsFolder: 'TRUE',
      };
      expect(v2.decodeNew(body)).toMatchObject({
        kind: 'reference',
        providerType: 'dropbox',
        permission: 'anonymousEdit',
        isFolder: true,
      });
    }
    // A client may send back what it read; the server's own members are ignored.
    const { '@odata.context': _context, ...answer } = golden('outlookRest.attachmentFile');
    expect(v2.decodeNew(answer)).toMatchObject({ kind: 'file', name: 'Holiday notice' });
  });

  const bytes = { ContentBytes: 'AA==' };
  test.each<[string, JsonObject, string, string]>([
    ['no type', { Name: 'a', ...bytes }, 'ErrorRequiredPropertyMissing', '@odata.type'],
    ['another type', { '@odata.type': '#x.LinkAttachment', Name: 'a' }, 'RequestBodyRead', '@odata.type'],
    ['no name', { '@odata.type': 'FileAttachment', ...bytes }, 'ErrorRequiredPropertyMissing', 'Name'],
    ['an empty name', { '@odata.type': 'FileAttachment', Name: '', ...bytes }, 'ErrorRequiredPropertyMissing', 'Name'],
    ['no bytes', { '@odata.type': 'FileAttachment', Name: 'a' }, 'ErrorRequiredPropertyMissing', 'ContentBytes'],
    [
      'null bytes',
      { '@odata.type': 'FileAttachment', Name: 'a', ContentBytes: null },
      'ErrorRequiredPropertyMissing',
      'ContentBytes',
    ],
    [
      'numbers for bytes',
      { '@odata.type': 'FileAttachment', Name: 'a', ContentBytes: 7 },
      'RequestBodyRead',
      'ContentBytes',
    ],
    ['no item', { '@odata.type': 'ItemAttachment', Name: 'a' }, 'ErrorRequiredPropertyMissing', 'Item'],
    [
      'an item without a type',
      { '@odata.type': 'ItemAttachment', Name: 'a', Item: { Subject: 's' } },
      'ErrorRequiredPropertyMissing',
      'Item.@odata.type',
    ],
    [
      'an item of another type',
      { '@odata.type': 'ItemAttachment', Name: 'a', Item: { '@odata.type': 'Microsoft.OutlookServices.Task' } },
      'RequestBodyRead',
      'Item.@odata.type',
    ],
    [
      'an item with an unknown member',
      { '@odata.type': 'ItemAttachment', Name: 'a', Item: { '@odata.type': 'Message', Sbject: 's' } },
      'RequestBodyRead',
      'Item.Sbject',
    ],
    ['no URL', { '@odata.type': 'ReferenceAttachment', Name: 'a' }, 'ErrorRequiredPropertyMissing', 'SourceUrl'],
    [
      'an unknown enum value',
      { '@odata.type': 'ReferenceAttachment', Name: 'a', SourceUrl: 'u', Permission: 'all' },
      'RequestBodyRead',
      'Permission',
    ],
    [
      'a member of another type',
      { '@odata.type': 'FileAttachment', Name: 'a', ...bytes, SourceUrl: 'u' },
      'RequestBodyRead',
      'SourceUrl',
    ],
  ])('%s is refused', (_, body, code, path) => {
    expect(() => v2.decodeNew(body)).toThrow(WireError);
    try {
      v2.decodeNew(body);
    } catch (error) {
      expect(error).toMatchObject({ code, path });
    }
  });

  test('uploads', () => {
    const upload = { name: 'film.mp4', size: 4_000_000, contentType: 'video/mp4', isInline: false };
    for (const codec of [v2, beta]) expect(codec.decodeUpload(codec.encodeUpload(upload))).toEqual(upload);
    expect(beta.decodeUpload({ attachmentItem: { attachmentType: 'file', name: 'a', size: '7' } })).toEqual({
      name: 'a',
      size: 7,
      contentType: null,
      isInline: false,
    });
    // The form that Graph's documentation prints.
    const printed = { AttachmentItem: { attachmentType: 'file', name: 'flower', size: 7 } };
    expect(beta.decodeUpload(printed)).toMatchObject({ name: 'flower', size: 7 });
    const refused = (body: unknown) => expect(() => beta.decodeUpload(body));
    refused({}).toThrow(/'attachmentItem' is missing/);
    refused({ attachmentItem: { attachmentType: 'file', size: 7 } }).toThrow(/'attachmentItem.name' is missing/);
    refused({ attachmentItem: { attachmentType: 'file', name: 'a' } }).toThrow(/'attachmentItem.size' is missing/);
    refused({ attachmentItem: { attachmentType: 'item', name: 'a', size: 7 } }).toThrow(/Only files/);
    refused({ attachmentItem: { attachmentType: 'file', name: 'a', size: 0 } }).toThrow(/at least 1/);
  });
});
