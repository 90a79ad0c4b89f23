import { containersOf, valuesOf } from '../domain/change.ts';
import type { Base, Change, PatchField } from '../domain/change.ts';
import type { Task } from '../domain/task.ts';
import type { Instant } from '../domain/time.ts';
import type { Op } from './op.ts';

/** The ids that come into being with a change. */
function idsMadeBy(change: Change): readonly string[] {
  if (change.kind === 'completeTask') return [change.copyId];
  return change.kind === 'createGroup' || change.kind === 'createFolder' || change.kind === 'createTask'
    ? [change.id]
    : [];
}

const touches = (change: Change, ids: ReadonlySet<string>) =>
  ids.has(change.id) || containersOf(change).some((id) => ids.has(id));

/**
 * What may be sent now, or when the next one may. An op that is parked, or whose time has not come, holds back its entity
 * and everything inside it; nothing else (architecture.md §8, rules 8 and 12).
 */
export function nextToSend(ops: readonly Op[], now: Instant): { op: Op | null; notBefore: Instant | null } {
  const held = new Set<string>();
  let soonest: Instant | null = null;
  for (const op of ops) {
    const isHeld = op.parked !== null || touches(op.change, held);
    const isEarly = op.notBefore !== null && op.notBefore > now;
    if (!isHeld && !isEarly) return { op, notBefore: null };
    if (!isHeld && op.notBefore !== null && (soonest === null || op.notBefore < soonest)) soonest = op.notBefore;
    for (const id of [op.change.id, ...idsMadeBy(op.change)]) held.add(id);
  }
  return { op: null, notBefore: soonest };
}

/** Later ops that mean nothing without this one: it would have made the thing they change, or what that is in. */
export function dependentsOf(ops: readonly Op[], op: Op): readonly Op[] {
  const lost = new Set(idsMadeBy(op.change));
  return ops.filter((later) => {
    if (later.seq <= op.seq || !touches(later.change, lost)) return false;
    for (const id of idsMadeBy(later.change)) lost.add(id);
    return true;
  });
}

/** The first later updates of the same task that set one of the fields, each with the fields it is first for. */
function firstToSet(ops: readonly Op[], op: Op, wanted: readonly string[]) {
  const left = new Set(wanted);
  return ops.flatMap((later) => {
    const { change } = later;
    if (later.seq <= op.seq || change.kind !== 'updateTask' || change.id !== op.change.id) return [];
    const fields = Object.keys(change.patch).filter((field): field is PatchField => left.delete(field));
    return fields.length === 0 ? [] : [{ op: later, change, fields }];
  });
}

const withBase = (op: Op, change: Extract<Change, { kind: 'updateTask' }>, base: Base): Op => ({
  ...op,
  change: { ...change, base },
});

/** Dropping an update leaves later ones of the same field standing on its base: what the server still has. */
export function afterDrop(ops: readonly Op[], op: Op): readonly Op[] {
  const dropped = op.change;
  if (dropped.kind !== 'updateTask') return [];
  return firstToSet(ops, op, Object.keys(dropped.patch)).map(({ op: later, change, fields }) => {
    const values = Object.fromEntries(fields.map((field) => [field, dropped.base.values[field]]));
    return withBase(later, change, { ...change.base, values: { ...change.base.values, ...values } });
  });
}

/** Fields that a change of ours has set, so that the answer is what the person saw of them. */
function fieldsSetBy(change: Change): readonly string[] | 'all' {
  if (change.kind === 'createTask') return 'all';
  if (change.kind === 'updateTask')
    return [...Object.keys(change.patch), ...('status' in change.patch ? ['completed'] : [])];
  return change.kind === 'completeTask' ? ['status', 'completed', 'isReminderOn', 'start', 'due', 'reminder'] : [];
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
    if (later.seq <= op.seq || change.id !== op.change.id) continue;
    if (change.kind === 'completeTask') changed.set(later.id, { ...later, change: { ...change, etag: answer.etag } });
    if (change.kind === 'updateTask')
      changed.set(later.id, withBase(later, change, { ...change.base, etag: answer.etag }));
  }
  const current = ops.map((one) => changed.get(one.id) ?? one);
  const wanted =
    set === 'all'
      ? current.flatMap(({ change }) => (change.kind === 'updateTask' ? Object.keys(change.patch) : []))
      : set;
  for (const { op: later, change, fields } of firstToSet(current, op, wanted)) {
    const seen = valuesOf(answer, Object.fromEntries(fields.map((field) => [field, change.patch[field]])));
    changed.set(later.id, withBase(later, change, { ...change.base, values: { ...change.base.values, ...seen } }));
  }
  return [...changed.values()];
}
