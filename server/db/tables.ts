import type { Importance, Sensitivity, TaskBody, TaskStatus } from '../../src/domain/task/task.ts';
import type { Role } from '../../src/domain/task/folderSharing.ts';
import type { Generated, Insertable, Kysely } from 'kysely';
import type { AttachmentTables } from './attachmentTables.ts';
import type { UsagePart } from '../usage/usageTables.ts';

/**
 * Row types of every table. One schema serves SQLite and PostgreSQL, so: text ids, instants as ISO text with three
 * fraction digits ('2026-03-29T00:00:00.000Z', which sorts as time), booleans as 0/1, JSON as text.
 */
export type Tables = AttachmentTables & {
  accounts: AccountRow;
  counters: CounterTable;
  task_groups: GroupRow;
  task_folders: FolderTable;
  tasks: TaskTable;
  departures: TombstoneRow;
  folder_permissions: PermissionRow;
  repeatability: RepeatabilityRow;
  settings: SettingRow;
  categories: CategoryRow;
  personal_tokens: PersonalTokenRow;
  oidc_rows: OidcRow;
  secrets: SecretRow;
  sign_in_attempts: SignInAttemptRow;
  guest_usage: GuestUsageRow;
};

/** A connection, or a transaction on it. */
export type Db = Kysely<Tables>;

export type AccountRow = {
  /** GUID, the `oid` of `Users('oid@tenant')`. */
  id: string;
  /** Lower-cased mail address; unique. */
  address: string;
  name: string;
  /** `scrypt$N$r$p$salt$hash`, or null for an account that cannot sign in with a password. */
  password_hash: string | null;
  created_at: string;
  /** Access tokens issued before this instant are rejected ("sign out everywhere"). */
  tokens_valid_from: string;
};

/** One row per mailbox. Every writer locks it until commit, so readers never see a number before a smaller one. */
export type CounterRow = { account_id: string; seq: number };

export type CounterTable = CounterRow &
  UsageColumns & {
    /**
     * Tombstones up to this number may have been removed: a reader with an older cursor starts over
     * (docs/protocol.md#sync).
     */
    forgotten_seq: Generated<number>;
  };

/** What the mailbox keeps: entries and bytes by part, changed by triggers only (docs/decisions/0056-quotas.md). */
export type UsageColumns = Readonly<Record<`${UsagePart}_items` | `${UsagePart}_bytes`, Generated<number>>>;

/** The share of a guest in a mailbox: tasks they changed last, and files they sent. Changed by triggers only. */
export type GuestUsageRow = { account_id: string; guest_id: string; items: number; bytes: number };

type Arrival = {
  /** The feed number at which the row entered its place; 0 when it always was there. */
  arrived_seq: Generated<number>;
};

export type GroupRow = {
  id: string;
  account_id: string;
  group_key: string;
  name: string;
  /** Folded name, for comparison; groups may share one (docs/protocol.md#folders-and-groups). */
  name_key: string;
  is_default: number;
  seq: number;
  created_at: string;
};

export type FolderRow = {
  id: string;
  account_id: string;
  group_key: string;
  name: string;
  /**
   * Folded name, for comparison; unique per mailbox among folders that are not deleted
   * (docs/protocol.md#folders-and-groups).
   */
  name_key: string;
  is_default: number;
  seq: number;
  created_at: string;
  /** Set when the folder moved to Deleted Items (docs/protocol.md#deletion). */
  deleted_at: string | null;
};

/** Columns that only the feed reads. */
export type FolderTable = FolderRow & Arrival;

export type TaskRow = {
  id: string;
  account_id: string;
  folder_id: string;
  /** Position in the mailbox's change feed; doubles as change key. */
  seq: number;
  created_at: string;
  modified_at: string;
  subject: string;
  body_type: TaskBody['contentType'];
  body: string;
  status: TaskStatus;
  importance: Importance;
  sensitivity: Sensitivity;
  /** JSON array of strings. */
  categories: string;
  /** Subject and categories folded for comparison (text/textFolding.ts). */
  subject_key: string;
  category_keys: string;
  start_at: string | null;
  due_at: string | null;
  completed_at: string | null;
  reminder_at: string | null;
  /** IANA zone in which start or due was last written; recurrences are computed in it. */
  date_zone: string | null;
  /** IANA zone in which the reminder was last written. */
  reminder_zone: string | null;
  is_reminder_on: number;
  /** JSON of the domain's Recurrence, or null. */
  recurrence: string | null;
  has_attachments: number;
  deleted_at: string | null;
};

/** Columns that only feed, bin, search and sharing read. */
export type TaskTable = TaskRow &
  Arrival & {
    /** The folder with which the task was deleted and will be restored; null for a task deleted on its own. */
    deleted_with: Generated<string | null>;
    /** The text of an HTML body for the search; null for a text body. */
    body_text: Generated<string | null>;
    /** The guest who created, last changed or deleted the task; null for the mailbox's owner. */
    created_by: Generated<string | null>;
    modified_by: Generated<string | null>;
    deleted_by: Generated<string | null>;
  };

/**
 * Tombstones: a task that left its folder, or a folder its mailbox. The change feed reports them
 * (docs/protocol.md#sync).
 */
export type TombstoneRow = {
  account_id: string;
  kind: 'task' | 'folder';
  place_id: string;
  id: string;
  seq: number;
  at: string;
  /** When it entered the place: a reader whose cursor is older never received it. */
  arrived_seq: Generated<number>;
  /** 1 for a task that was private when it left: guests never saw it and get no deletion. */
  is_hidden: Generated<number>;
};

/** One guest of a folder (docs/decisions/0024-sharing.md). */
export type PermissionRow = {
  id: string;
  /** The owner of the folder. */
  account_id: string;
  folder_id: string;
  guest_id: string;
  role: Role;
  created_at: string;
};

/**
 * The response to a POST with a Repeatability-Request-ID, stored in the write's own transaction
 * (docs/architecture.md#idempotency-keys).
 */
export type RepeatabilityRow = {
  account_id: string;
  request_id: string;
  /** SHA-256 of method, path and body: the same key with another request is rejected. */
  request: string;
  /**
   * JSON with the ids of the created entities, from which the response is built again, so that no text is stored twice.
   */
  answer: string;
  at: string;
};

/** A created category, or one with a chosen colour (docs/decisions/0033-notes-checklists-categories.md). */
export type CategoryRow = {
  id: string;
  account_id: string;
  name: string;
  /** Name folded for comparison; unique per mailbox. */
  name_key: string;
  /** `preset0` to `preset24`. */
  color: string;
};

export type SettingRow = { account_id: string; name: string; value: string };

export type PersonalTokenRow = {
  id: string;
  account_id: string;
  /** SHA-256 of the token, hex. The token itself is shown once and never stored. */
  hash: string;
  name: string;
  scope: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
};

/** Rows of the OpenID Connect provider: sessions, grants, codes, refresh tokens, interactions. */
export type OidcRow = {
  model: string;
  id: string;
  payload: string;
  account_id: string | null;
  grant_id: string | null;
  uid: string | null;
  user_code: string | null;
  expires_at: string | null;
  consumed_at: string | null;
};

/** Values created at first start: signing keys, cookie keys, the tenant id. */
export type SecretRow = { name: string; value: string; created_at: string };

/** Failed sign-ins per account and per client address. */
export type SignInAttemptRow = { subject: string; failures: number; first_at: string; locked_until: string | null };

export type NewTask = Insertable<TaskTable>;
