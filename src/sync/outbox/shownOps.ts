import { blobsOf } from '../storage/op.ts';
import type { Op } from '../storage/op.ts';
import { createEmitter } from '../../domain/async/observable.ts';

/** The ops as this tab shows them, oldest first. */
export type ShownOps = ReturnType<typeof createShownOps>;

export function createShownOps(loaded: readonly Op[]) {
  const { subscribe, emit } = createEmitter();
  /** Shown, but not on disk yet. */
  const unsaved = new Set<string>();
  /** Waiting files of this page, by key: the browser may evict those on disk. */
  const files = new Map<string, Blob>();
  let ops = loaded;

  function show(next: readonly Op[]) {
    ops = next;
    const waiting = files.size === 0 ? [] : blobsOf(ops);
    for (const key of files.keys()) if (!waiting.includes(key)) files.delete(key);
    emit();
  }
  return {
    unsaved,
    files,
    ops: () => ops,
    /** What is on disk: nothing else may be sent. */
    savedOps: () => (unsaved.size === 0 ? ops : ops.filter((op) => !unsaved.has(op.id))),
    find: (opId: string) => ops.find((op) => op.id === opId),
    show,
    /** Sets the ops without notifying: the caller notifies of several changes together. */
    put: (next: readonly Op[]) => (ops = next),
    /** Shows `replacements` in place of `replaced`, and removes the rest. */
    replace: (replaced: readonly Op[], replacements: readonly Op[]) => {
      const removed = new Set(replaced.map(({ id }) => id));
      const byId = new Map(replacements.map((op) => [op.id, op]));
      show(ops.flatMap((one) => byId.get(one.id) ?? (removed.has(one.id) ? [] : one)));
    },
    subscribe,
  };
}
