import type { Instant, ZonedTime, Weekday } from '../time/time.ts';

export const taskStatuses = ['notStarted', 'inProgress', 'completed', 'waitingOnOthers', 'deferred'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const importances = ['low', 'normal', 'high'] as const;
export type Importance = (typeof importances)[number];

export const sensitivities = ['normal', 'personal', 'private', 'confidential'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** `html` is untrusted text: it is never inserted into the app's own document. */
export type TaskBody = { contentType: 'text' | 'html'; content: string };

export const patternTypes = [
  'daily',
  'weekly',
  'absoluteMonthly',
  'relativeMonthly',
  'absoluteYearly',
  'relativeYearly',
] as const;
export const rangeTypes = ['endDate', 'noEnd', 'numbered'] as const;
export const weekIndexes = ['first', 'second', 'third', 'fourth', 'last'] as const;
export type WeekIndex = (typeof weekIndexes)[number];

/**
 * A recurrence rule (docs/protocol.md#recurrence). Members that the type does not use are absent; the codec adds them
 * on the wire. Days are `yyyy-MM-dd`. `zone` is the name as sent (Windows or IANA), absent when none was sent.
 */
export type Recurrence = {
  pattern:
    | { type: 'daily'; interval: number }
    | { type: 'weekly'; interval: number; daysOfWeek: readonly Weekday[]; firstDayOfWeek: Weekday }
    | { type: 'absoluteMonthly'; interval: number; dayOfMonth: number }
    | { type: 'relativeMonthly'; interval: number; daysOfWeek: readonly Weekday[]; index: WeekIndex }
    | { type: 'absoluteYearly'; interval: number; month: number; dayOfMonth: number }
    | { type: 'relativeYearly'; interval: number; month: number; daysOfWeek: readonly Weekday[]; index: WeekIndex };
  range: { startDate: string; zone?: string } & (
    { type: 'noEnd' } | { type: 'endDate'; endDate: string } | { type: 'numbered'; numberOfOccurrences: number }
  );
};

/**
 * A requested rule: without a start date it starts at the start of the task, else at its due date
 * (docs/protocol.md#recurrence).
 */
export type RecurrenceRequest = {
  pattern: Recurrence['pattern'];
  range: { startDate?: string; zone?: string } & (
    { type: 'noEnd' } | { type: 'endDate'; endDate: string } | { type: 'numbered'; numberOfOccurrences: number }
  );
};

/**
 * A task as a reader sees it (docs/protocol.md#task). `start`, `due` and `completed` are instants of a local midnight
 * (docs/protocol.md#rules-for-dates); `time.ts` converts them to days. `reminder` keeps its time of day.
 */
export type Task = {
  id: string;
  folderId: string;
  changeKey: string;
  /** Opaque; sent back as If-Match exactly as received. */
  etag: string;
  createdAt: Instant;
  modifiedAt: Instant;
  subject: string;
  body: TaskBody;
  categories: readonly string[];
  importance: Importance;
  sensitivity: Sensitivity;
  status: TaskStatus;
  start: Instant | null;
  due: Instant | null;
  completed: Instant | null;
  reminder: Instant | null;
  isReminderOn: boolean;
  recurrence: Recurrence | null;
  hasAttachments: boolean;
  owner: string | null;
  assignedTo: string | null;
};

/**
 * The fields that a write may set. Absent fields keep their value, `null` clears it. Dates carry the zone in which they
 * were written (docs/protocol.md#rules-for-dates).
 */
export type TaskPatch = Partial<{
  subject: string;
  body: TaskBody;
  categories: readonly string[];
  importance: Importance;
  sensitivity: Sensitivity;
  status: TaskStatus;
  start: ZonedTime | null;
  due: ZonedTime | null;
  completed: ZonedTime | null;
  reminder: ZonedTime | null;
  isReminderOn: boolean;
  recurrence: RecurrenceRequest | null;
}>;

export type TaskFolder = {
  id: string;
  changeKey: string;
  name: string;
  isDefault: boolean;
  /** `groupKey` of the group that the folder is in. */
  groupKey: string;
};

export type TaskGroup = { id: string; changeKey: string; name: string; isDefault: boolean; groupKey: string };

export type NamePatch = { name: string };

/** The default group has this key in every mailbox (docs/protocol.md#folders-and-groups). */
export const defaultGroupKey = '0006f0b7-0000-0000-c000-000000000046';
export const defaultGroupName = 'My Tasks';
export const defaultFolderName = 'Tasks';

/** A mailbox: `me` is the account's own, any other is named by its owner's address. */
export type Mailbox = 'me' | (string & {});

/** The place of an entity: its mailbox and its id there. */
export type Place = { mailbox: Mailbox; id: string };
