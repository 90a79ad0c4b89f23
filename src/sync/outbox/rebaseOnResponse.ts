import { patchedValues } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Op } from '../storage/op.ts';
import { firstSettingOps, isPatchChange, taskIdOf, withChangeBase } from './rebase.ts';

/** Fields set by a sent change, whose answered values become the later ops' base. */
function fieldsSetBy(change: Change): readonly string[] | 'all' {
  if (change.kind === 'createTask' || change.kind === 'restoreTask') return 'all';
  if (isPatchChange(change)) return [...Object.keys(change.patch), ...('status' in change.patch ? ['completed'] : [])];
  if (change.kind !== 'completeTask') return [];
  return ['status', 'completed', 'isReminderOn', 'start', 'due', 'reminder', 'recurrence'];
}

/**
 * After an update succeeds, later ops of the task take the answer's etag and its values of the fields sent as their
 * base (docs/architecture.md#conflicts-are-decided-per-field). Fields that others changed meanwhile keep their old base
 * and are compared.
 */
export function rebaseOnResponse(ops: readonly Op[], op: Op, answer: Task): readonly Op[] {
  const set = fieldsSetBy(op.change);
  const changed = new Map<string, Op>();
  for (const later of ops) {
    const { change } = later;
    if (later.seq === op.seq || change.id !== taskIdOf(op.change)) continue;
    if (change.kind === 'completeTask') changed.set(later.id, { ...later, change: { ...change, etag: answer.etag } });
    if (isPatchChange(change))
      changed.set(later.id, withChangeBase(later, change, { ...change.base, etag: answer.etag }));
  }
  const current = ops.map((one) => changed.get(one.id) ?? one);
  const wanted =
    set === 'all' ? current.flatMap(({ change }) => (isPatchChange(change) ? Object.keys(change.patch) : [])) : set;
  for (const { op: later, change, fields } of firstSettingOps(current, op, wanted)) {
    const seen = patchedValues(answer, Object.fromEntries(fields.map((field) => [field, change.patch[field]])));
    changed.set(
      later.id,
      withChangeBase(later, change, { ...change.base, values: { ...change.base.values, ...seen } }),
    );
  }
  return [...changed.values()];
}

type Answered = { op: Op; answer: Task | undefined };

/** The same for several successes at once, of different entities. */
export function rebasedOnAll(ops: readonly Op[], answered: readonly Answered[]): readonly Op[] {
  const changed = new Map<string, Op>();
  let current = ops;
  for (const { op, answer } of answered) {
    const rebased = answer === undefined ? [] : rebaseOnResponse(current, op, answer);
    if (rebased.length === 0) continue;
    for (const one of rebased) changed.set(one.id, one);
    current = current.map((one) => changed.get(one.id) ?? one);
  }
  return [...changed.values()];
}

/** The ops that these answers may change. */
export function laterOf(ops: readonly Op[], answered: readonly Answered[]): readonly Op[] {
  const settled = new Set(answered.map(({ op }) => op.seq));
  const tasks = new Set(answered.flatMap(({ op, answer }) => (answer === undefined ? [] : [taskIdOf(op.change)])));
  return ops.filter(({ seq, change }) => !settled.has(seq) && tasks.has(change.id));
}
