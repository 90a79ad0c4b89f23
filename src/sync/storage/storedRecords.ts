import * as v from 'valibot';
import type { Change } from '../../domain/changes/change.ts';
import { permissionTypes, providerTypes } from '../../domain/task/attachment.ts';
import type { Attachment } from '../../domain/task/attachment.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { TaskFolder } from '../../domain/task/task.ts';
import type {
  StoredAttachments,
  StoredBlob,
  StoredFirstPaint,
  StoredImport,
  StoredList,
  StoredPlace,
} from './database.ts';
import type { Op, ParkReason } from './op.ts';
import { readableOf, readableOr, reportUnreadable } from './readableRecords.ts';
import { changeSchema, folderSchema, instant, nullableInstant, taskSchema } from './storedChange.ts';

const text = v.string();
const optionalText = v.exactOptional(text);
const nullableText = v.nullable(text);

const failureKinds = [
  'offline',
  'signIn',
  'missing',
  'changed',
  'stale',
  'busy',
  'refused',
  'broken',
] as const satisfies readonly FailureKind[];

const parkReason: v.GenericSchema<ParkReason> = v.object({
  kind: v.picklist(failureKinds),
  message: text,
  code: optionalText,
  mayHaveArrived: v.exactOptional(v.boolean()),
  theirs: v.exactOptional(taskSchema),
  theirName: optionalText,
  theirGroupKey: optionalText,
});

const opSchema: v.GenericSchema<Op> = v.object({
  id: text,
  seq: v.number(),
  change: changeSchema,
  madeAt: instant,
  notBefore: nullableInstant,
  repeatabilityId: text,
  firstSentAt: nullableInstant,
  attempts: v.number(),
  parked: v.nullable(parkReason),
  retryAt: v.exactOptional(instant),
  retrySetAt: v.exactOptional(instant),
  isMerged: v.exactOptional(v.literal(true)),
  uploadUrl: optionalText,
});

const placeSchema: v.GenericSchema<StoredPlace> = v.object({
  cursor: nullableText,
  isComplete: v.boolean(),
  at: v.union([instant, v.literal('')]),
  isMid: v.exactOptional(v.boolean()),
  ahead: v.exactOptional(v.array(text)),
});

const label = { id: text, name: text, size: v.number(), isInline: v.boolean(), modifiedAt: instant };
const attachmentSchema: v.GenericSchema<Attachment> = v.variant('kind', [
  v.object({
    ...label,
    kind: v.literal('file'),
    contentType: nullableText,
    contentId: nullableText,
    contentLocation: nullableText,
  }),
  v.object({ ...label, kind: v.literal('item'), contentType: nullableText }),
  v.object({
    ...label,
    kind: v.literal('reference'),
    contentType: nullableText,
    sourceUrl: text,
    providerType: v.picklist(providerTypes),
    thumbnailUrl: nullableText,
    previewUrl: nullableText,
    permission: v.picklist(permissionTypes),
    isFolder: v.boolean(),
  }),
]);
const attachmentsSchema: v.GenericSchema<StoredAttachments> = v.object({
  mailbox: text,
  folderId: text,
  items: v.array(attachmentSchema),
  at: instant,
});

const firstPaintSchema = v.object({ format: v.number(), at: text, content: v.unknown() });
const listEnvelope = v.object({ items: v.array(v.unknown()), cursor: nullableText, at: instant });
const blobSchema: v.GenericSchema<StoredBlob> = v.object({
  blob: v.instance(Blob),
  name: optionalText,
  contentType: optionalText,
  savedAt: v.exactOptional(instant),
});

const importSchema: v.GenericSchema<StoredImport> = v.object({
  id: text,
  name: text,
  at: instant,
  isReady: v.boolean(),
  pieces: v.array(v.object({ tasks: v.number(), files: v.array(text) })),
  next: v.number(),
  end: v.exactOptional(v.object({ state: v.picklist(['done', 'stopped']), at: instant })),
});

export const isOp = (value: unknown): value is Op => v.is(opSchema, value);

/** Undefined, and reported, for a change that this version cannot read. */
export const readableOp = (op: unknown) => readableOr('ops', op, isOp);
export const isChange = (value: unknown): value is Change => v.is(changeSchema, value);
export const isPlace = (value: unknown): value is StoredPlace => v.is(placeSchema, value);
export const isAttachments = (value: unknown): value is StoredAttachments => v.is(attachmentsSchema, value);
export const isFirstPaintRecord = (value: unknown): value is StoredFirstPaint => v.is(firstPaintSchema, value);
export const isBlobRecord = (value: unknown): value is StoredBlob => v.is(blobSchema, value);
export const isImport = (value: unknown): value is StoredImport => v.is(importSchema, value);

/**
 * A readable list; without its unreadable items and then without its cursor, so that the next pull reads everything.
 */
export function listOf(value: unknown): StoredList | undefined {
  if (value === undefined) return undefined;
  if (!v.is(listEnvelope, value)) {
    reportUnreadable('lists', 1);
    return undefined;
  }
  const isItem = (item: unknown): item is TaskFolder => v.is(folderSchema, item);
  const items = readableOf('lists', value.items, isItem);
  return { ...value, items, cursor: items.length === value.items.length ? value.cursor : null };
}
