import { importances, sensitivities, taskStatuses } from '../../src/domain/task/task.ts';
import { taskFields, type TaskField } from '../../src/wire/outlook/outlookDialects.ts';

/**
 * How a property can be queried, and its column. Only columns named here ever reach a statement; text of a request is
 * always a bound value.
 */
export type QueryField =
  /** Text, compared in its folded form (src/domain/text/foldText.ts). */
  | { kind: 'text'; column: string }
  /** `types` are the last parts of the type's names; `words` are in the order of their ordinals. */
  | { kind: 'enum'; column: string; types: readonly string[]; values: readonly string[] }
  /** DateTimeOffset. */
  | { kind: 'offset'; column: string }
  /** DateTimeTimeZone: itself in null tests, its `/DateTime` in comparisons. */
  | { kind: 'zoned'; column: string }
  | { kind: 'bool'; column: string }
  /** A JSON array of folded texts, for `any`. */
  | { kind: 'strings'; column: string }
  /** The display name of the mailbox's owner, which has no column. */
  | { kind: 'owner' }
  /** Always null. */
  | { kind: 'nothing' };

/** The properties of an entity by lower-case name; `field` is null for those that cannot be queried. */
export type QueryFields = ReadonlyMap<string, { name: string; field: QueryField | null }>;

/** The column "F" of docs/protocol.md#task, with its inferred entries. */
const taskColumns: { readonly [M in TaskField['member']]: QueryField | null } = {
  id: null,
  createdAt: { kind: 'offset', column: 'created_at' },
  modifiedAt: { kind: 'offset', column: 'modified_at' },
  changeKey: null,
  categories: { kind: 'strings', column: 'category_keys' },
  assignedTo: { kind: 'nothing' },
  body: null,
  completed: { kind: 'zoned', column: 'completed_at' },
  due: { kind: 'zoned', column: 'due_at' },
  hasAttachments: { kind: 'bool', column: 'has_attachments' },
  importance: { kind: 'enum', column: 'importance', types: ['importance'], values: importances },
  isReminderOn: { kind: 'bool', column: 'is_reminder_on' },
  owner: { kind: 'owner' },
  folderId: null,
  recurrence: null,
  reminder: { kind: 'zoned', column: 'reminder_at' },
  sensitivity: { kind: 'enum', column: 'sensitivity', types: ['sensitivity'], values: sensitivities },
  start: { kind: 'zoned', column: 'start_at' },
  status: { kind: 'enum', column: 'status', types: ['status', 'taskstatus'], values: taskStatuses },
  subject: { kind: 'text', column: 'subject_key' },
};

export const taskQueryFields: QueryFields = fieldsOf(
  taskFields.map(({ member, name }) => [name, taskColumns[member]] as const),
);

export const folderQueryFields: QueryFields = headingFields('IsDefaultFolder', 'ParentGroupKey');
export const groupQueryFields: QueryFields = headingFields('IsDefaultGroup', 'GroupKey');

function headingFields(isDefault: string, groupKey: string): QueryFields {
  return fieldsOf([
    ['Id', null],
    ['ChangeKey', null],
    [isDefault, { kind: 'bool', column: 'is_default' }],
    ['Name', { kind: 'text', column: 'name_key' }],
    [groupKey, null],
  ]);
}

function fieldsOf(named: readonly (readonly [name: string, field: QueryField | null])[]): QueryFields {
  return new Map(named.map(([name, field]) => [name.toLowerCase(), { name, field }]));
}
