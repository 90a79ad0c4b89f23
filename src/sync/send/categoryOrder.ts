import type { Change } from '../../domain/changes/change.ts';
import { categoryKey } from '../../domain/task/category.ts';
import type { Op } from '../storage/op.ts';

type NameChange = { op: Op; old: string; next: string | null };

/**
 * Whether an op waits for another one about the same category. Tasks name categories by name: sent after a rename, a task
 * would restore the old name; with the new name sent before it, that name would be taken.
 * @param ops all that wait or are being sent, oldest first.
 */
export function createCategoryOrder(ops: readonly Op[]): (op: Op) => boolean {
  const changes = ops.flatMap((op) => nameChangeOf(op) ?? []);
  if (changes.length === 0) return () => false;

  /** The op uses the new name of an earlier rename. */
  const waitsForName = (op: Op, used: readonly string[]) =>
    changes.some(
      ({ op: { seq }, old, next }) => seq < op.seq && next !== null && used.includes(next) && !used.includes(old),
    );
  /** The name is being given up, or taken, by an earlier change of another category. */
  const isChangedBefore = (op: Op, names: readonly (string | null)[]) =>
    changes.some(({ op: { seq }, old, next }) => seq < op.seq && (names.includes(old) || names.includes(next)));

  return (op) => {
    const own = nameChangeOf(op);
    if (own === null)
      return op.change.kind === 'createCategory'
        ? isChangedBefore(op, [categoryKey(op.change.name)])
        : waitsForName(op, usedNames(op.change));
    if (isChangedBefore(op, [own.old, ...(own.next === null ? [] : [own.next])])) return true;
    return ops.some((other) => {
      if (other.parked !== null || other === op) return false;
      const used = usedNames(other.change);
      if (used.includes(own.old)) return other.seq < op.seq || !waitsForName(other, used);
      return other.seq < op.seq && own.next !== null && used.includes(own.next);
    });
  };
}

/** A rename or a deletion that may still be sent. */
function nameChangeOf(op: Op): NameChange | null {
  const { change } = op;
  if (op.parked !== null) return null;
  if (change.kind === 'deleteCategory') return { op, old: categoryKey(change.name), next: null };
  return change.kind === 'updateCategory' && change.name !== change.was
    ? { op, old: categoryKey(change.was), next: categoryKey(change.name) }
    : null;
}

/** Keys of the categories that a change of a task sets, or that the person saw on it. */
export function usedNames(change: Change): readonly string[] {
  if (!('patch' in change) || change.patch.categories === undefined) return [];
  const seen = 'base' in change ? (change.base.values.categories ?? []) : [];
  return [...change.patch.categories, ...seen].map(categoryKey);
}

/** Whether a later change uses the new name of this rename, and would come before it when joined to an earlier one. */
export function isRenameTo(op: Op, used: readonly string[]): boolean {
  const next = nameChangeOf(op)?.next ?? null;
  return next !== null && used.includes(next);
}
