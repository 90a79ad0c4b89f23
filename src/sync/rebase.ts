import { valuesOf } from '../domain/change.ts';
import type { Base, Change } from '../domain/change.ts';
import type { PatchField } from '../domain/compare.ts';
import type { Task } from '../domain/task.ts';
import type { Op } from './op.ts';

type Patching = Extract<Change, { kind: 'updateTask' | 'undoComplete' }>;

/** Changes that set fields, and say what the person saw of them. */
function isPatching(change: Change): change is Patching {
  return change.kind === 'updateTask' || change.kind === 'undoComplete';
}

/** The task a change is about. */
const taskOf = (change: Change) => ('taskId' in change ? change.taskId : change.id);

/** The first later updates of the same task that set one of the fields, each with the fields it is first for. */
function firstToSet(ops: readonly Op[], op: Op, wanted: readonly string[]) {
  const left = new Set(wanted);
  return ops.flatMap((later) => {
    const { change } = later;
    if (later.seq <= op.seq || !isPatching(change) || change.id !== taskOf(op.change)) return [];
    const fields = Object.keys(change.patch).filter((field): field is PatchField => left.delete(field));
    return fields.length === 0 ? [] : [{ op: later, change, fields }];
  });
}

const withBase = (op: Op, change: Patching, base: Base): Op => ({ ...op, change: { ...change, base } });

/**
 * What a dropped change leaves to later ones of the same thing: an update of the same field stands on what the server still
 * has, and a task that is not moved stays where it was.
 */
export function afterDrop(ops: readonly Op[], op: Op): readonly Op[] {
  const dropped = op.change;
  if (dropped.kind === 'updateTask') {
    return firstToSet(ops, op, Object.keys(dropped.patch)).map(({ op: later, change, fields }) => {
      const values = Object.fromEntries(fields.map((field) => [field, dropped.base.values[field]]));
      return withBase(later, change, { ...change.base, values: { ...change.base.values, ...values } });
    });
  }
  const later = ops.filter(({ seq, change }) => seq > op.seq && taskOf(change) === dropped.id);
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

/** Fields that a change of ours has set, so that the answer is what the person saw of them. */
function fieldsSetBy(change: Change): readonly string[] | 'all' {
  if (change.kind === 'createTask' || change.kind === 'restoreTask') return 'all';
  if (isPatching(change)) return [...Object.keys(change.patch), ...('status' in change.patch ? ['completed'] : [])];
  if (change.kind !== 'completeTask') return [];
  return ['status', 'completed', 'isReminderOn', 'start', 'due', 'reminder', 'recurrence'];
}

/**
 * After a success of ours, later ops of the task stand on the answer (architecture.md §8, rule 6): its etag, and its values
 * of the fields we set. Fields that somebody else changed meanwhile keep the base the person saw, and are compared.
 */
export function rebased(ops: readonly Op[], op: Op, answer: Task): readonly Op[] {
  const set = fieldsSetBy(op.change);
  const changed = new Map<string, Op>();
  for (const later of ops) {
    const { change } = later;
    if (later.seq === op.seq || change.id !== taskOf(op.change)) continue;
    if (change.kind === 'completeTask') changed.set(later.id, { ...later, change: { ...change, etag: answer.etag } });
    if (isPatching(change)) changed.set(later.id, withBase(later, change, { ...change.base, etag: answer.etag }));
  }
  const current = ops.map((one) => changed.get(one.id) ?? one);
  const wanted =
    set === 'all' ? current.flatMap(({ change }) => (isPatching(change) ? Object.keys(change.patch) : [])) : set;
  for (const { op: later, change, fields } of firstToSet(current, op, wanted)) {
    const seen = valuesOf(answer, Object.fromEntries(fields.map((field) => [field, change.patch[field]])));
    changed.set(later.id, withBase(later, change, { ...change.base, values: { ...change.base.values, ...seen } }));
  }
  return [...changed.values()];
}

/** Whether an answer for `op` says anything to this later op. */
export function isRebasedBy(op: Op, later: Op): boolean {
  return later.seq !== op.seq && later.change.id === taskOf(op.change);
}
