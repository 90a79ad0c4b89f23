import type { Change } from '../../domain/changes/change.ts';
import type { ChangeBase, PatchField } from '../../domain/changes/patchComparison.ts';
import type { Op } from '../storage/op.ts';

type Patching = Extract<Change, { kind: 'updateTask' | 'undoComplete' }>;

/** Changes that set fields and record the values the person saw. */
export function isPatchChange(change: Change): change is Patching {
  return change.kind === 'updateTask' || change.kind === 'undoComplete';
}

/** The task a change is about. */
export const taskIdOf = (change: Change) => ('taskId' in change ? change.taskId : change.id);

/** The first later updates of the same task that set one of the fields, each with the fields it is first to set. */
export function firstSettingOps(ops: readonly Op[], op: Op, wanted: readonly string[]) {
  const left = new Set(wanted);
  return ops.flatMap((later) => {
    const { change } = later;
    if (later.seq <= op.seq || !isPatchChange(change) || change.id !== taskIdOf(op.change)) return [];
    const fields = Object.keys(change.patch).filter((field): field is PatchField => left.delete(field));
    return fields.length === 0 ? [] : [{ op: later, change, fields }];
  });
}

export const withChangeBase = (op: Op, change: Patching, base: ChangeBase): Op => ({
  ...op,
  change: { ...change, base },
});

/**
 * Rebases later ops on a discarded change: an update of the same field starts from the server's value, and a task that
 * is not moved stays in its folder.
 */
export function rebaseOnDiscard(ops: readonly Op[], op: Op): readonly Op[] {
  const dropped = op.change;
  if (dropped.kind === 'updateTask') {
    return firstSettingOps(ops, op, Object.keys(dropped.patch)).map(({ op: later, change, fields }) => {
      const values = Object.fromEntries(fields.map((field) => [field, dropped.base.values[field]]));
      return withChangeBase(later, change, { ...change.base, values: { ...change.base.values, ...values } });
    });
  }
  const later = ops.filter(({ seq, change }) => seq > op.seq && taskIdOf(change) === dropped.id);
  if (dropped.kind === 'moveTask') {
    const next = later.findIndex(({ change }) => change.kind === 'moveTask');
    return later.slice(0, next < 0 ? undefined : next + 1).map((one) => {
      const change = { ...one.change, folderId: dropped.folderId };
      return { ...one, change };
    });
  }
  const [first] = later;
  if (first === undefined || !('was' in dropped) || !('was' in first.change)) return [];
  return [{ ...first, change: { ...first.change, was: dropped.was } }];
}
