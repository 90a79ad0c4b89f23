/**
 * What a mailbox keeps, and what of it counts how much (docs/decisions/0056-quotas.md). Migrations 0010 and 0012 build
 * triggers from this table, so a change of it needs a new migration.
 */

/** Parts of a mailbox's account: each has a column of entries and one of bytes in `counters`. */
export const usageParts = ['tasks', 'bin', 'files', 'places', 'other'] as const;
export type UsagePart = (typeof usageParts)[number];

/** The columns of `counters` that the triggers keep. */
export const usageColumns = usageParts.flatMap((part) => [`${part}_items`, `${part}_bytes`] as const);

export type CountedTable = {
  table: string;
  /** Each part with the condition on a row that it counts there; `$` stands for the row. */
  parts: readonly (readonly [UsagePart, condition: string])[];
  /** Entries of one row. */
  items: 0 | 1;
  /** Bytes of one row, with what its indexes take. */
  bytes: string;
  /** What may change the bytes or the part. */
  columns: readonly string[];
  /** The column with the guest whose share the row is part of. */
  guest?: string;
};

const always = 'true';

/** A row of a table with texts: a fixed part, and the length of each text in UTF-8. */
const sized = (fixed: number, ...texts: readonly string[]) => ({
  bytes: [String(fixed), ...texts.map((text) => `coalesce(octet_length($.${text}), 0)`)].join(' + '),
  columns: texts,
});

const attachmentTexts = sized(512, 'name', 'content_type', 'details');
const taskTexts = sized(1024, 'subject', 'body', 'body_text', 'categories', 'category_keys', 'recurrence');

export const countedTables: readonly CountedTable[] = [
  {
    table: 'tasks',
    parts: [
      ['tasks', '$.deleted_at is null'],
      ['bin', '$.deleted_at is not null'],
    ],
    items: 1,
    bytes: taskTexts.bytes,
    columns: [...taskTexts.columns, 'deleted_at', 'modified_by'],
    guest: 'modified_by',
  },
  {
    table: 'attachments',
    parts: [['files', always]],
    items: 1,
    bytes: attachmentTexts.bytes,
    columns: [...attachmentTexts.columns, 'guest_id'],
    guest: 'guest_id',
  },
  {
    table: 'attachment_contents',
    parts: [['files', always]],
    items: 0,
    bytes: '$.size',
    columns: ['size', 'guest_id'],
    guest: 'guest_id',
  },
  {
    table: 'attachment_uploads',
    parts: [['files', always]],
    items: 1,
    ...sized(1024, 'name', 'content_type'),
    guest: 'guest_id',
  },
  { table: 'task_folders', parts: [['places', always]], items: 1, ...sized(512, 'name', 'name_key') },
  { table: 'task_groups', parts: [['places', always]], items: 1, ...sized(256, 'name', 'name_key') },
  { table: 'categories', parts: [['places', always]], items: 1, ...sized(256, 'name', 'name_key') },
  { table: 'folder_permissions', parts: [['places', always]], items: 1, ...sized(512) },
  { table: 'settings', parts: [['other', always]], items: 1, ...sized(128, 'name', 'value') },
  { table: 'departures', parts: [['other', always]], items: 1, ...sized(384) },
  { table: 'repeatability', parts: [['other', always]], items: 1, ...sized(384, 'answer') },
  { table: 'personal_tokens', parts: [['other', always]], items: 1, ...sized(512, 'name') },
  { table: 'oidc_rows', parts: [['other', always]], items: 1, ...sized(512, 'payload') },
];
