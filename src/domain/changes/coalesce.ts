import type { Change } from './change.ts';
import type { PatchField } from './patchComparison.ts';
import type { TaskPatch } from '../task/task.ts';

/**
 * The one change that equals two unsent changes to the same entity (docs/architecture.md#unsent-updates-coalesce).
 * `nothing` when the second undoes the first; null when they must be sent separately.
 */
export function coalesce(earlier: Change, later: Change): Change | 'nothing' | null {
  if (earlier.id !== later.id || earlier.mailbox !== later.mailbox) return null;
  switch (later.kind) {
    case 'updateTask':
      return ontoUpdate(earlier, later);
    case 'moveTask':
      if (earlier.kind === 'createTask') return { ...earlier, folderId: later.toFolderId };
      if (earlier.kind !== 'moveTask') return null;
      return later.toFolderId === earlier.folderId ? 'nothing' : { ...earlier, toFolderId: later.toFolderId };
    case 'restoreTask':
      return earlier.kind === 'deleteTask' ? 'nothing' : null;
    case 'renameGroup':
      if (earlier.kind !== 'createGroup' && earlier.kind !== 'renameGroup') return null;
      return { ...earlier, name: later.name };
    case 'renameFolder':
      if (earlier.kind !== 'createFolder' && earlier.kind !== 'renameFolder') return null;
      return { ...earlier, name: later.name };
    case 'updateCategory':
      if (earlier.kind !== 'createCategory' && earlier.kind !== 'updateCategory') return null;
      return { ...earlier, name: later.name, colour: later.colour };
    case 'moveFolder':
      if (earlier.kind === 'createFolder') return { ...earlier, groupId: later.toGroupId, groupKey: later.toGroupKey };
      if (earlier.kind !== 'moveFolder') return null;
      if (later.toGroupKey === earlier.wasGroupKey) return 'nothing';
      return { ...earlier, toGroupId: later.toGroupId, toGroupKey: later.toGroupKey };
    default:
      return null;
  }
}

function ontoUpdate(earlier: Change, later: Extract<Change, { kind: 'updateTask' }>): Change | null {
  if (earlier.kind !== 'createTask' && earlier.kind !== 'updateTask') return null;
  if (!isOneWrite(earlier.patch, later.patch)) return null;
  const patch = { ...earlier.patch, ...later.patch };
  // The rules use the zone of the later patch; where it sets no field with a rule, the zone of the earlier one.
  const decides = ruled(later.patch).length > 0 || ruled(earlier.patch).length === 0;
  const zone = (decides ? later : earlier).zone;
  if (earlier.kind === 'createTask') {
    // A task is completed on the day of the completing change, not on the day it was created.
    return later.patch.status === 'completed' ? null : { ...earlier, patch, zone };
  }
  // The base is what the user saw first (docs/architecture.md#conflicts-are-decided-per-field).
  const base = { etag: earlier.base.etag, values: { ...later.base.values, ...earlier.base.values } };
  return { ...later, patch, base, zone, at: (decides ? later : earlier).at, subject: earlier.subject };
}

/**
 * Fields that a rule ties to others (docs/protocol.md#start-and-due-dates): the effect of writing one depends on the
 * stored row.
 */
const tied: readonly PatchField[] = ['status', 'completed', 'start', 'due', 'recurrence', 'reminder', 'isReminderOn'];

const ruled = (patch: TaskPatch) => tied.filter((field) => patch[field] !== undefined);

/** Whether one write of both patches has the same result as two writes in order. */
function isOneWrite(first: TaskPatch, second: TaskPatch): boolean {
  const both = [...ruled(first), ...ruled(second)];
  if (ruled(first).length === 0 || ruled(second).length === 0) return true;
  const areOnly = (...fields: readonly PatchField[]) => both.every((field) => fields.includes(field));
  // Clearing the due date also clears the start, so a second write would find no start.
  if (areOnly('due')) return first.due !== null;
  if (areOnly('status')) return first.status !== 'completed' && second.status !== 'completed';
  return areOnly('reminder', 'isReminderOn');
}
