import { attachmentCodec, type AttachmentCodec } from '../../src/wire/outlook/attachmentCodec.ts';
import type { Dialect } from '../../src/wire/dialect.ts';
import { readOptions } from '../../src/wire/odata/odata.ts';
import { odataContextOf, userUrlOf, responseTimeZone, type RequestContext } from '../http/requestContext.ts';
import type { AttachmentRow } from '../db/attachmentTables.ts';
import { AppError, invalidQuery } from '../config/appError.ts';
import { unknownProperty } from '../http/paging.ts';
import { base64Encode } from './base64.ts';
import { readContent, readItem } from './contentChunks.ts';
import { attachmentOf } from './attachmentStore.ts';
import type { BodyPieces } from '../http/streamBody.ts';

const codecs = new Map<Dialect['name'], AttachmentCodec>();

export function codecOf({ name, spelling }: Dialect): AttachmentCodec {
  const known = codecs.get(name) ?? attachmentCodec(spelling);
  codecs.set(name, known);
  return known;
}

/** The members of attachments that a response contains. */
export type AttachmentSelection = {
  /** Lower-case names; undefined for all. */
  select: ReadonlySet<string> | undefined;
  /** Whether items are included (`$expand=microsoft.graph.itemattachment/item`). */
  withItems: boolean;
};

const names = (
  'Id LastModifiedDateTime Name ContentType Size IsInline ContentId ContentLocation ContentBytes Item ' +
  'SourceUrl ProviderType ThumbnailUrl PreviewUrl Permission IsFolder'
)
  .toLowerCase()
  .split(' ');

/** All members but those that are read from the content. */
export const withoutContent: AttachmentSelection = {
  select: new Set(names.filter((name) => name !== 'contentbytes')),
  withItems: false,
};

/** The members that the query options of the request select. */
export function attachmentSelectionOf(context: RequestContext): AttachmentSelection {
  const { select, expand } = context.options;
  return {
    select: selected(select),
    withItems: (expand ?? []).map((path) => /(^|\.)itemattachment\/item$/i.test(path) || refuse(path)).length > 0,
  };
}

/**
 * The members that `$expand=Attachments` on tasks selects: `Attachments($select=Name,Size)` leaves out the bytes.
 * @throws AppError 400 for any other expansion.
 */
export function expandSelectionOf(context: RequestContext): AttachmentSelection {
  const text = (context.options.expand ?? []).join(',');
  const [, inner] = /^attachments(?:\((.*)\))?$/i.exec(text) ?? refuse(text);
  if (inner === undefined) return { select: undefined, withItems: false };
  const { select, expand, ...others } = readOptions(inner.replaceAll(';', '&'), context.dialect);
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalidQuery(`The query parameter '${other}' is not supported within an expansion.`);
  const { select: _select, expand: _expand, ...options } = context.options;
  return attachmentSelectionOf({
    ...context,
    options: { ...options, ...(select !== undefined && { select }), ...(expand !== undefined && { expand }) },
  });
}

/** Extended properties are recognised and rejected (docs/protocol.md#extended-properties). */
function refuse(path: string): never {
  const extended = /^(single|multi)ValueExtendedProperties\b/i.exec(path)?.[0];
  if (extended !== undefined) {
    throw new AppError(400, 'ErrorInvalidProperty', `The property '${extended}' cannot be expanded.`);
  }
  throw invalidQuery(`The property '${path}' cannot be expanded.`);
}

/** A name may be qualified by a type: `microsoft.graph.fileAttachment/contentBytes`. */
function selected(select: readonly string[] | undefined): AttachmentSelection['select'] {
  if (select === undefined || select.includes('*')) return undefined;
  const selectedNames = select.map((path) => path.slice(path.lastIndexOf('/') + 1).toLowerCase());
  const unknown = selectedNames.find((name) => !names.includes(name));
  if (unknown !== undefined) return unknownProperty(unknown);
  return new Set(['id', ...selectedNames]);
}

/** The number of content bytes that a response reads. */
export function selectedBytes(
  rows: readonly Pick<AttachmentRow, 'kind' | 'size'>[],
  shown: AttachmentSelection,
): number {
  const read = rows.filter((row) => showsBytes(row, shown) || (row.kind === 'item' && shown.withItems));
  return read.reduce((sum, { size }) => sum + Math.ceil(size / 3) * 4, 0);
}

function showsBytes({ kind }: Pick<AttachmentRow, 'kind'>, { select }: AttachmentSelection): boolean {
  return kind === 'file' && (select?.has('contentbytes') ?? true);
}

/**
 * One attachment as JSON, its content last.
 * @param isEntity whether it is the response itself and not a member of a list.
 */
export async function* attachmentJson(
  context: RequestContext,
  row: AttachmentRow,
  shown: AttachmentSelection,
  isEntity = false,
): BodyPieces {
  const { dialect, read } = context;
  const codec = codecOf(dialect);
  const view = { zone: responseTimeZone(context).name };
  const { '@odata.type': type, ...members } = codec.encode(attachmentOf(row), view);
  const kept = Object.entries(members).filter(
    ([name]) => name.startsWith('@') || (shown.select?.has(name.toLowerCase()) ?? true),
  );
  const text = JSON.stringify({
    ...(isEntity && { '@odata.context': `${odataContextOf(context)}/$entity` }),
    '@odata.type': type,
    ...(dialect.name === 'outlookRest' && { '@odata.id': attachmentUrlOf(context, row) }),
    ...Object.fromEntries(kept),
  });
  const open = text.slice(0, -1);
  if (row.content_id !== null && showsBytes(row, shown)) {
    yield `${open},"${dialect.spelling.member('ContentBytes')}":"`;
    yield* base64Encode(readContent(read, row.content_id, row.size));
    yield '"}';
  } else if (row.content_id !== null && row.kind === 'item' && shown.withItems) {
    const item = await readItem(read, row.content_id, row.size);
    yield `${open},"${dialect.spelling.member('Item')}":${JSON.stringify(codec.item.encode(item, view))}}`;
  } else {
    yield text;
  }
}

/** `…/Users('oid@tid')/Tasks('t')/Attachments('a')` */
export function attachmentUrlOf(context: RequestContext, { id, task_id: taskId }: AttachmentRow): string {
  if (context.dialect.name === 'outlookRest') return `${userUrlOf(context)}/Tasks('${taskId}')/Attachments('${id}')`;
  return context.rootUrl + context.dialect.paths.attachment({ mailbox: context.mailbox.accountId, id: taskId }, id);
}
