import { categoryColours } from '../../src/domain/task/category.ts';
import { permissionTypes, providerTypes } from '../../src/domain/task/attachment.ts';
import {
  importances,
  patternTypes,
  rangeTypes,
  sensitivities,
  taskStatuses,
  weekIndexes,
} from '../../src/domain/task/task.ts';
import { weekdays } from '../../src/domain/time/time.ts';
import { declaredMembers } from '../../src/wire/outlook/attachmentCodec.ts';
import { taskFields, type TaskFieldKind } from '../../src/wire/outlook/outlookDialects.ts';

/**
 * The types of both dialects by their v2 names, from which `$metadata` and the OpenAPI description are generated.
 * Members of tasks and attachments come from the codecs.
 */
export type EntityType = {
  name: string;
  kind: 'entity' | 'complex';
  /** The base type. */
  base?: string;
  isAbstract?: boolean;
  /** Further members may occur. */
  isOpen?: boolean;
  members: readonly EntityMember[];
  /** Navigation properties to lists: name, and the type of their members. */
  links?: readonly (readonly [name: string, type: string])[];
  /** Navigation properties to one entity. */
  single?: readonly (readonly [name: string, type: string])[];
};

export type EntityMember = {
  name: string;
  type: MemberType;
  isList?: boolean;
  isNullable?: boolean;
  isWritable?: boolean;
};

/** An OData primitive, or the name of a type or an enumeration of this model. */
export type MemberType = Primitive | (string & {});
export type Primitive = (typeof primitives)[number];
export const primitives = ['String', 'Boolean', 'Int32', 'Int64', 'DateTimeOffset', 'Guid', 'Date', 'Binary'] as const;

export const enumerations: Readonly<Record<string, readonly string[]>> = {
  TaskStatus: taskStatuses,
  Importance: importances,
  Sensitivity: sensitivities,
  BodyType: ['text', 'html'],
  DayOfWeek: weekdays,
  WeekIndex: weekIndexes,
  RecurrencePatternType: patternTypes,
  RecurrenceRangeType: rangeTypes,
  ReferenceAttachmentProvider: providerTypes,
  ReferenceAttachmentPermission: permissionTypes,
  CategoryColor: ['none', ...categoryColours],
  TimeZoneStandard: ['windows', 'iana'],
  AttachmentType: ['file', 'item', 'reference'],
};

const taskEnumerations: Readonly<Record<string, string>> = {
  status: 'TaskStatus',
  importance: 'Importance',
  sensitivity: 'Sensitivity',
};

const byKind: Readonly<Record<Exclude<TaskFieldKind, 'enum'>, Omit<EntityMember, 'name'>>> = {
  text: { type: 'String', isNullable: true },
  offset: { type: 'DateTimeOffset', isNullable: true },
  zoned: { type: 'DateTimeTimeZone', isNullable: true },
  bool: { type: 'Boolean', isNullable: true },
  strings: { type: 'String', isList: true },
  body: { type: 'ItemBody', isNullable: true },
  recurrence: { type: 'PatternedRecurrence', isNullable: true },
};

const text = (name: string): EntityMember => ({ name, type: 'String', isNullable: true });
const written = (name: string, type: MemberType): EntityMember => ({ name, type, isWritable: true });

const attachmentMembers: Readonly<Record<string, Omit<EntityMember, 'name'>>> = {
  LastModifiedDateTime: { type: 'DateTimeOffset', isNullable: true },
  Size: { type: 'Int32' },
  IsInline: { type: 'Boolean', isWritable: true },
  ContentBytes: { type: 'Binary', isNullable: true, isWritable: true },
  ProviderType: { type: 'ReferenceAttachmentProvider', isNullable: true, isWritable: true },
  Permission: { type: 'ReferenceAttachmentPermission', isNullable: true, isWritable: true },
  IsFolder: { type: 'Boolean', isNullable: true, isWritable: true },
};

/** The members that all attachments share are in the base type; the attached item is a navigation property. */
function membersOf(kind: keyof typeof declaredMembers): EntityMember[] {
  const common = declaredMembers.item.filter((name) => name !== 'Item');
  const own = declaredMembers[kind].filter((name) => name !== 'Item' && (kind === 'item' || !common.includes(name)));
  return own
    .filter((name) => name !== 'Id')
    .map((name) => ({ ...(attachmentMembers[name] ?? { type: 'String', isNullable: true, isWritable: true }), name }));
}

const heading = (isDefault: string, groupKey: string): EntityMember[] => [
  text('ChangeKey'),
  { name: isDefault, type: 'Boolean', isNullable: true },
  { ...text('Name'), isWritable: true },
  { name: groupKey, type: 'Guid', isNullable: true },
];

export const types: readonly EntityType[] = [
  { name: 'Entity', kind: 'entity', isAbstract: true, members: [{ name: 'Id', type: 'String' }] },
  {
    name: 'Task',
    kind: 'entity',
    base: 'Entity',
    members: taskFields
      .filter(({ name }) => name !== 'Id')
      .map(({ name, member, kind, writable }) => ({
        ...(kind === 'enum' ? { type: taskEnumerations[member] ?? 'String', isNullable: true } : byKind[kind]),
        name,
        isWritable: writable,
      })),
    links: [['Attachments', 'Attachment']],
  },
  {
    name: 'TaskFolder',
    kind: 'entity',
    base: 'Entity',
    members: heading('IsDefaultFolder', 'ParentGroupKey'),
    links: [['Tasks', 'Task']],
  },
  {
    name: 'TaskGroup',
    kind: 'entity',
    base: 'Entity',
    members: heading('IsDefaultGroup', 'GroupKey'),
    links: [['TaskFolders', 'TaskFolder']],
  },
  { name: 'Attachment', kind: 'entity', base: 'Entity', isAbstract: true, members: membersOf('item') },
  { name: 'FileAttachment', kind: 'entity', base: 'Attachment', members: membersOf('file') },
  { name: 'ItemAttachment', kind: 'entity', base: 'Attachment', members: [], single: [['Item', 'OutlookItem']] },
  // Their members are those of the items that clients attach; a description of mail, events and contacts is not ours.
  { name: 'OutlookItem', kind: 'entity', base: 'Entity', isAbstract: true, isOpen: true, members: [] },
  { name: 'Message', kind: 'entity', base: 'OutlookItem', isOpen: true, members: [] },
  { name: 'Event', kind: 'entity', base: 'OutlookItem', isOpen: true, members: [] },
  { name: 'Contact', kind: 'entity', base: 'OutlookItem', isOpen: true, members: [] },
  {
    name: 'OutlookCategory',
    kind: 'entity',
    base: 'Entity',
    members: [
      { ...text('DisplayName'), isWritable: true },
      { name: 'Color', type: 'CategoryColor', isNullable: true, isWritable: true },
    ],
  },
  { name: 'TimeZoneInformation', kind: 'complex', members: [text('Alias'), text('DisplayName')] },
  { name: 'LocaleInfo', kind: 'complex', members: [text('Locale'), text('DisplayName')] },
  {
    name: 'AttachmentItem',
    kind: 'complex',
    members: [
      { ...written('AttachmentType', 'AttachmentType'), isNullable: true },
      { ...text('Name'), isWritable: true },
      { ...written('Size', 'Int64'), isNullable: true },
      { ...text('ContentType'), isWritable: true },
      { ...written('IsInline', 'Boolean'), isNullable: true },
    ],
  },
  {
    name: 'UploadSession',
    kind: 'complex',
    members: [
      text('UploadUrl'),
      { name: 'ExpirationDateTime', type: 'DateTimeOffset', isNullable: true },
      { name: 'NextExpectedRanges', type: 'String', isList: true },
    ],
  },
  { name: 'ReferenceAttachment', kind: 'entity', base: 'Attachment', members: membersOf('reference') },
  {
    name: 'DateTimeTimeZone',
    kind: 'complex',
    members: [written('DateTime', 'String'), { ...text('TimeZone'), isWritable: true }],
  },
  {
    name: 'ItemBody',
    kind: 'complex',
    members: [written('ContentType', 'BodyType'), { ...text('Content'), isWritable: true }],
  },
  {
    name: 'PatternedRecurrence',
    kind: 'complex',
    members: [written('Pattern', 'RecurrencePattern'), written('Range', 'RecurrenceRange')],
  },
  {
    name: 'RecurrencePattern',
    kind: 'complex',
    members: [
      written('Type', 'RecurrencePatternType'),
      written('Interval', 'Int32'),
      written('Month', 'Int32'),
      written('DayOfMonth', 'Int32'),
      { ...written('DaysOfWeek', 'DayOfWeek'), isList: true },
      written('FirstDayOfWeek', 'DayOfWeek'),
      written('Index', 'WeekIndex'),
    ],
  },
  {
    name: 'RecurrenceRange',
    kind: 'complex',
    members: [
      written('Type', 'RecurrenceRangeType'),
      written('StartDate', 'Date'),
      written('EndDate', 'Date'),
      { ...text('RecurrenceTimeZone'), isWritable: true },
      written('NumberOfOccurrences', 'Int32'),
    ],
  },
];
