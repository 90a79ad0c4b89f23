import * as v from 'valibot';
import type { Change } from '../../domain/changes/change.ts';
import type { ChangeBase } from '../../domain/changes/patchComparison.ts';
import { permissionTypes, providerTypes } from '../../domain/task/attachment.ts';
import { categoryColours } from '../../domain/task/category.ts';
import type { OutlookItem } from '../../domain/task/outlookItem.ts';
import { importances, sensitivities, taskStatuses } from '../../domain/task/task.ts';
import type { Recurrence, RecurrenceRequest, Task, TaskBody, TaskFolder, TaskPatch } from '../../domain/task/task.ts';
import { isInstant } from '../../domain/time/time.ts';
import type { Instant } from '../../domain/time/time.ts';
import { isObject, isStoredBody, isStoredRecurrence, isStoredRecurrenceRequest, isStoredTask } from './storedTask.ts';

const text = v.string();
const nullableText = v.nullable(text);
export const instant = v.custom<Instant>(isInstant);
export const nullableInstant = v.nullable(instant);
/** A wall-clock time is written like an instant, without its Z. */
const local = v.custom<string>((value) => typeof value === 'string' && isInstant(`${value}Z`));
const moment = v.object({ local, zone: text });
const zonedTime = v.nullable(moment);
const body = v.custom<TaskBody>(isStoredBody);
const colour = v.picklist(categoryColours);
export const taskSchema = v.custom<Task>(isStoredTask);

export const folderSchema: v.GenericSchema<TaskFolder> = v.object({
  id: text,
  changeKey: text,
  name: text,
  isDefault: v.boolean(),
  groupKey: text,
});

/** The shape that a patch and its base share. */
const plainFields = {
  subject: v.exactOptional(text),
  body: v.exactOptional(body),
  categories: v.exactOptional(v.array(text)),
  importance: v.exactOptional(v.picklist(importances)),
  sensitivity: v.exactOptional(v.picklist(sensitivities)),
  status: v.exactOptional(v.picklist(taskStatuses)),
  isReminderOn: v.exactOptional(v.boolean()),
};

const patch: v.GenericSchema<TaskPatch> = v.object({
  ...plainFields,
  start: v.exactOptional(zonedTime),
  due: v.exactOptional(zonedTime),
  completed: v.exactOptional(zonedTime),
  reminder: v.exactOptional(zonedTime),
  recurrence: v.exactOptional(v.nullable(v.custom<RecurrenceRequest>(isStoredRecurrenceRequest))),
});

const base: v.GenericSchema<ChangeBase> = v.object({
  etag: text,
  values: v.object({
    ...plainFields,
    start: v.exactOptional(nullableInstant),
    due: v.exactOptional(nullableInstant),
    completed: v.exactOptional(nullableInstant),
    reminder: v.exactOptional(nullableInstant),
    recurrence: v.exactOptional(v.nullable(v.custom<Recurrence>(isStoredRecurrence))),
  }),
});

const label = { name: text, isInline: v.boolean() };
const draft = v.variant('kind', [
  v.object({
    ...label,
    kind: v.literal('file'),
    contentType: nullableText,
    contentId: nullableText,
    contentLocation: nullableText,
    size: v.number(),
    blobKey: text,
  }),
  // The item is sent as it is.
  v.object({ ...label, kind: v.literal('item'), item: v.custom<OutlookItem>(isObject) }),
  v.object({
    ...label,
    kind: v.literal('reference'),
    sourceUrl: text,
    providerType: v.picklist(providerTypes),
    thumbnailUrl: nullableText,
    previewUrl: nullableText,
    permission: v.picklist(permissionTypes),
    isFolder: v.boolean(),
  }),
]);

const entity = { mailbox: text, id: text };
const task = { ...entity, folderId: text };
const written = { at: instant, zone: text };
const attachment = { ...task, taskId: text, subject: text };

type ChangeSchemas = { [K in Change['kind']]: v.GenericSchema<Extract<Change, { kind: K }>> };

const changeSchemas: ChangeSchemas = {
  createGroup: v.object({ ...entity, kind: v.literal('createGroup'), groupKey: text, name: text }),
  renameGroup: v.object({ ...entity, kind: v.literal('renameGroup'), name: text, was: text }),
  deleteGroup: v.object({ ...entity, kind: v.literal('deleteGroup'), name: text, groupKey: text }),
  createFolder: v.object({
    ...entity,
    kind: v.literal('createFolder'),
    groupId: nullableText,
    groupKey: text,
    name: text,
  }),
  renameFolder: v.object({ ...entity, kind: v.literal('renameFolder'), name: text, was: text }),
  deleteFolder: v.object({ ...entity, kind: v.literal('deleteFolder'), name: text }),
  moveFolder: v.object({
    ...entity,
    kind: v.literal('moveFolder'),
    toGroupId: nullableText,
    toGroupKey: text,
    wasGroupKey: text,
    name: text,
  }),
  restoreFolder: v.object({
    ...entity,
    kind: v.literal('restoreFolder'),
    name: text,
    folder: v.nullable(folderSchema),
  }),
  createCategory: v.object({ ...entity, kind: v.literal('createCategory'), name: text, colour }),
  updateCategory: v.object({
    ...entity,
    kind: v.literal('updateCategory'),
    name: text,
    was: text,
    colour,
    wasColour: colour,
  }),
  deleteCategory: v.object({ ...entity, kind: v.literal('deleteCategory'), name: text, colour }),
  createTask: v.object({ ...task, ...written, kind: v.literal('createTask'), patch }),
  updateTask: v.object({ ...task, ...written, kind: v.literal('updateTask'), patch, base, subject: text }),
  completeTask: v.object({
    ...task,
    kind: v.literal('completeTask'),
    on: moment,
    due: nullableInstant,
    etag: text,
    copyId: text,
    at: instant,
    subject: text,
  }),
  deleteTask: v.object({ ...task, kind: v.literal('deleteTask'), subject: text }),
  moveTask: v.object({ ...task, kind: v.literal('moveTask'), toFolderId: text, subject: text, task: taskSchema }),
  restoreTask: v.object({ ...task, kind: v.literal('restoreTask'), subject: text, task: v.nullable(taskSchema) }),
  undoComplete: v.object({
    ...task,
    ...written,
    kind: v.literal('undoComplete'),
    copyId: text,
    patch,
    base,
    subject: text,
  }),
  addAttachment: v.object({ ...attachment, kind: v.literal('addAttachment'), draft }),
  removeAttachment: v.object({ ...attachment, kind: v.literal('removeAttachment'), name: text }),
};

const isKind = (kind: unknown): kind is Change['kind'] =>
  typeof kind === 'string' && Object.hasOwn(changeSchemas, kind);

/**
 * A change as this version writes it. Check with `v.is`, which keeps members that a newer version has added. The kind
 * selects the schema, as a variant would try each one for every op.
 */
export const changeSchema: v.GenericSchema<Change> = v.lazy((input) =>
  isObject(input) && isKind(input['kind']) ? changeSchemas[input['kind']] : v.never(),
);
