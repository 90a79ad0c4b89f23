import { defaultContentType, permissionTypes, providerTypes } from '../../domain/task/attachment.ts';
import type { Attachment, NewAttachment, NewUpload } from '../../domain/task/attachment.ts';
import { limits } from '../../domain/limits.ts';
import { isRefusedLink } from '../../domain/urls/refusedLinks.ts';
import type { OutlookItem } from '../../domain/task/outlookItem.ts';
import { readOffsetTime, writeOffsetTime } from './dateTimeCodec.ts';
import type { Json, JsonObject, Spelling, ResponseView } from '../dialect.ts';
import { itemCodec } from './itemCodec.ts';
import {
  booleanSchema,
  isObject,
  readText,
  readValue,
  unknownMemberError,
  integerSchema,
  WireError,
  enumSchema,
} from '../jsonReader.ts';
import { keysOf } from '../../domain/objectKeys.ts';

export type AttachmentCodec = {
  /** Reads an attachment of a response, without its content. */
  decode: (json: unknown) => Attachment;
  /**
   * Writes an attachment of a response in the order of the documentation. The caller appends a file's ContentBytes,
   * which may be too large to hold in memory.
   */
  encode: (attachment: Attachment, view?: ResponseView) => JsonObject;
  /**
   * Reads the body of a POST. A file needs ContentBytes, but they are not decoded: the service extracts them while the
   * body arrives.
   */
  decodeNew: (json: unknown) => NewAttachment;
  /** @param contentBytes of a file, as base64. */
  encodeNew: (attachment: NewAttachment, contentBytes?: string) => JsonObject;
  item: ReturnType<typeof itemCodec>;
  /** Reads the body of createUploadSession (docs/protocol.md#upload-sessions). */
  decodeUpload: (json: unknown) => NewUpload;
  encodeUpload: (upload: NewUpload) => JsonObject;
};

type Kind = Attachment['kind'];
const typeNames: Readonly<Record<Kind, string>> = {
  file: 'FileAttachment',
  item: 'ItemAttachment',
  reference: 'ReferenceAttachment',
};

const common = ['Id', 'LastModifiedDateTime', 'Name', 'ContentType', 'Size', 'IsInline'];
/** All members of each type: others in a request are errors, and those set by the server are ignored there. */
export const declaredMembers: Readonly<Record<Kind, readonly string[]>> = {
  file: [...common, 'ContentId', 'ContentLocation', 'ContentBytes'],
  item: [...common, 'Item'],
  reference: [...common, 'SourceUrl', 'ProviderType', 'ThumbnailUrl', 'PreviewUrl', 'Permission', 'IsFolder'],
};

const provider = enumSchema(providerTypes);
const permission = enumSchema(permissionTypes);

/** The codec of attachments in one dialect's spelling (docs/protocol.md#attachments). */
export function attachmentCodec(spelling: Spelling): AttachmentCodec {
  const { member } = spelling;
  const item = itemCodec(spelling);

  const { readerOf, referenceFrom, referenceJson } = attachmentMembers(spelling);

  return {
    item,

    decode(json) {
      if (!isObject(json)) throw new WireError('RequestBodyRead', 'An attachment must be an object.', '');
      const kind = kindIn(json);
      const reader = readerOf(json, { isRequest: false });
      const label = {
        id: reader.required('Id'),
        name: reader.text('Name') ?? '',
        contentType: reader.text('ContentType'),
        size: reader.get('Size') === null ? 0 : reader.whole('Size'),
        isInline: reader.flag('IsInline', false),
        modifiedAt: readOffsetTime(reader.get('LastModifiedDateTime'), member('LastModifiedDateTime'), {
          isRequest: false,
        }),
      };
      switch (kind) {
        case 'file':
          return {
            kind,
            ...label,
            contentId: reader.text('ContentId'),
            contentLocation: reader.text('ContentLocation'),
          };
        case 'item':
          return { kind, ...label };
        case 'reference':
          // The URL may be missing because the client selected other members.
          return { kind, ...label, ...referenceFrom(reader, reader.text('SourceUrl') ?? '') };
      }
    },

    encode(attachment, view = {}) {
      const { kind, contentType } = attachment;
      const isGraphFile = kind === 'file' && member('A') === 'a';
      return {
        '@odata.type': `#${spelling.type(typeNames[kind])}`,
        ...(isGraphFile && { '@odata.mediaContentType': contentType }),
        [member('Id')]: attachment.id,
        // In whole seconds, as published.
        [member('LastModifiedDateTime')]: writeOffsetTime(`${attachment.modifiedAt.slice(0, 19)}.000Z`, view),
        [member('Name')]: attachment.name,
        [member('ContentType')]: contentType,
        [member('Size')]: attachment.size,
        [member('IsInline')]: attachment.isInline,
        ...(kind === 'file' && {
          [member('ContentId')]: attachment.contentId,
          [member('ContentLocation')]: attachment.contentLocation,
        }),
        ...(kind === 'reference' && referenceJson(attachment)),
      };
    },

    decodeNew(json) {
      if (!isObject(json)) throw new WireError('RequestBodyRead', 'The body of the request must be an object.', '');
      const kind = kindIn(json);
      rejectUnknownMembers(json, declaredMembers[kind].map(member), spelling.type(typeNames[kind]), '');
      const reader = readerOf(json, { isRequest: true });
      const name = reader.required('Name');
      switch (kind) {
        case 'file': {
          // An empty file is valid; missing ContentBytes are a mistake of generated clients.
          if (reader.text('ContentBytes') === null) throw missing(member('ContentBytes'));
          return {
            kind,
            name,
            contentType: reader.text('ContentType'),
            isInline: reader.flag('IsInline', false),
            contentId: reader.text('ContentId'),
            contentLocation: reader.text('ContentLocation'),
          };
        }
        case 'item': {
          if (reader.get('Item') === null) throw missing(member('Item'));
          const inside: OutlookItem = item.decode(reader.get('Item'), member('Item'), true);
          return { kind, name, isInline: reader.flag('IsInline', false), item: inside };
        }
        case 'reference':
          return {
            kind,
            name,
            isInline: reader.flag('IsInline', true),
            ...referenceFrom(reader, reader.required('SourceUrl')),
          };
      }
    },

    encodeNew(attachment, contentBytes = '') {
      const { kind, name, isInline } = attachment;
      const label = {
        '@odata.type': `#${spelling.type(typeNames[kind])}`,
        [member('Name')]: name,
        [member('IsInline')]: isInline,
      };
      switch (kind) {
        case 'file':
          return {
            ...label,
            [member('ContentType')]: attachment.contentType ?? defaultContentType,
            [member('ContentId')]: attachment.contentId,
            [member('ContentLocation')]: attachment.contentLocation,
            [member('ContentBytes')]: contentBytes,
          };
        case 'item':
          return { ...label, [member('Item')]: item.encode(attachment.item) };
        case 'reference':
          return { ...label, ...referenceJson(attachment) };
      }
    },

    ...uploadCodec(spelling),
  };
}

/** The limit of a text of a request; ContentBytes were measured as they arrived. */
function limitOf(name: string): number {
  if (name === 'Name') return limits.attachmentName;
  if (name === 'ContentType') return limits.contentType;
  if (name === 'ContentId') return limits.contentId;
  if (name === 'ContentBytes') return Infinity;
  return name.endsWith('Url') || name === 'ContentLocation' ? limits.url : limits.text;
}

/** Reads and writes the members that attachments share, by their PascalCase names. */
function attachmentMembers(spelling: Spelling) {
  const { member } = spelling;
  /** Reads one object's members by their PascalCase names. */
  function readerOf(json: Record<string, unknown>, reading: { isRequest: boolean }, path = '') {
    const get = (name: string): unknown => json[member(name)] ?? null;
    const at = (name: string) => (path === '' ? member(name) : `${path}.${member(name)}`);
    function read(name: string): string {
      const text = readText(get(name), at(name), reading, limitOf(name));
      if (reading.isRequest && name.endsWith('Url') && isRefusedLink(text)) throw refusedLink(at(name));
      return text;
    }
    return {
      get,
      required(name: string): string {
        if (get(name) === null || get(name) === '') throw missing(at(name));
        return read(name);
      },
      text: (name: string): string | null => (get(name) === null ? null : read(name)),
      flag: (name: string, otherwise: boolean): boolean =>
        get(name) === null ? otherwise : readValue(booleanSchema, get(name), at(name)),
      whole: (name: string): number => readValue(integerSchema, get(name), at(name)),
      provider: () =>
        get('ProviderType') === null ? 'other' : readValue(provider, get('ProviderType'), at('ProviderType')),
      permission: () =>
        get('Permission') === null ? 'other' : readValue(permission, get('Permission'), at('Permission')),
    };
  }

  function referenceFrom(reader: ReturnType<typeof readerOf>, sourceUrl: string) {
    return {
      sourceUrl,
      providerType: reader.provider(),
      thumbnailUrl: reader.text('ThumbnailUrl'),
      previewUrl: reader.text('PreviewUrl'),
      permission: reader.permission(),
      isFolder: reader.flag('IsFolder', false),
    };
  }

  function referenceJson(
    value: Extract<NewAttachment, { kind: 'reference' }> | Extract<Attachment, { kind: 'reference' }>,
  ) {
    return {
      [member('SourceUrl')]: value.sourceUrl,
      [member('ProviderType')]: spelling.value(value.providerType),
      [member('ThumbnailUrl')]: value.thumbnailUrl,
      [member('PreviewUrl')]: value.previewUrl,
      [member('Permission')]: spelling.value(value.permission),
      [member('IsFolder')]: value.isFolder,
    };
  }
  return { readerOf, referenceFrom, referenceJson };
}

/** The codec of createUploadSession (docs/protocol.md#upload-sessions). */
function uploadCodec(spelling: Spelling): Pick<AttachmentCodec, 'decodeUpload' | 'encodeUpload'> {
  const { member } = spelling;
  const { readerOf } = attachmentMembers(spelling);
  return {
    decodeUpload(json) {
      // An action parameter, not a property: Graph's documentation capitalises it, its clients do not.
      const at = ['AttachmentItem', 'attachmentItem'].find((name) => isObject(json) && name in json);
      const whole = isObject(json) && at !== undefined ? json[at] : undefined;
      if (!isObject(json) || at === undefined || !isObject(whole)) throw missing(member('AttachmentItem'));
      rejectUnknownMembers(json, [at], 'createUploadSession', '');
      const names = ['AttachmentType', 'Name', 'Size', 'ContentType', 'IsInline', 'ContentId'];
      rejectUnknownMembers(whole, names.map(member), spelling.type('AttachmentItem'), at);
      const reader = readerOf(whole, { isRequest: true }, at);
      if (reader.required('AttachmentType').toLowerCase() !== 'file') {
        const path = `${at}.${member('AttachmentType')}`;
        throw new WireError('ErrorInvalidRequest', 'Only files can be uploaded in pieces.', path);
      }
      const name = reader.required('Name');
      if (reader.get('Size') === null) throw missing(`${at}.${member('Size')}`);
      const size = reader.whole('Size');
      if (size < 1)
        throw new WireError('ErrorInvalidRequest', 'The size must be at least 1.', `${at}.${member('Size')}`);
      return { name, size, contentType: reader.text('ContentType'), isInline: reader.flag('IsInline', false) };
    },

    encodeUpload: ({ name, size, contentType, isInline }) => ({
      [member('AttachmentItem')]: {
        [member('AttachmentType')]: spelling.value('file'),
        [member('Name')]: name,
        [member('Size')]: size,
        [member('ContentType')]: contentType ?? defaultContentType,
        [member('IsInline')]: isInline,
      } satisfies Record<string, Json>,
    }),
  };
}

function kindIn(json: Record<string, unknown>): Kind {
  const type = json['@odata.type'];
  if (type === undefined || type === null) throw missing('@odata.type');
  const name = typeof type === 'string' ? type.replace(/^#/, '').split('.').at(-1)?.toLowerCase() : undefined;
  const kind = keysOf(typeNames).find((candidate) => typeNames[candidate].toLowerCase() === name);
  if (kind !== undefined) return kind;
  const message = `Cannot read the value of '@odata.type': Expected a file, item or reference attachment.`;
  throw new WireError('RequestBodyRead', message, '@odata.type');
}

/** Rejects names that the type does not declare; annotations are ignored. */
function rejectUnknownMembers(
  json: Record<string, unknown>,
  names: readonly string[],
  type: string,
  path: string,
): void {
  const unknown = Object.keys(json).find((name) => !name.includes('@') && !names.includes(name));
  if (unknown !== undefined) throw unknownMemberError(unknown, type, path);
}

function refusedLink(path: string): WireError {
  const message = `The value of '${path}' is not a link that may be stored: it would run code or read files where it is opened. Use https.`;
  return new WireError('ErrorPropertyValidationFailure', message, path);
}

function missing(path: string): WireError {
  return new WireError('ErrorRequiredPropertyMissing', `Required property '${path}' is missing.`, path);
}
