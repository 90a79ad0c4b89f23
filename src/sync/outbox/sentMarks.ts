import type { DraftLog } from '../storage/draftLog.ts';
import type { PreferenceStore } from '../storage/preferences.ts';
import type { Op } from '../storage/op.ts';

/** Where it is kept that an op was sent, when its database has no room for that: with the drafts of this device. */
const prefix = 'sent:';
export const sentMarkKey = (opId: string) => prefix + opId;

/** The stored ops with the marks that their database could not take. */
export function withSentMarks(
  ops: readonly Op[],
  preferences: ReadonlyMap<string, string>,
  draftLog: DraftLog | undefined,
): readonly Op[] {
  const logged = draftLog?.entries();
  const markOf = (id: string) => logged?.get(sentMarkKey(id)) ?? preferences.get(sentMarkKey(id));
  return ops.map((op) => {
    const firstSentAt = op.firstSentAt ?? markOf(op.id) ?? null;
    return firstSentAt === op.firstSentAt ? op : { ...op, firstSentAt };
  });
}

/** Removes the marks of ops that are no longer there. */
export function dropStaleMarks(preferences: Pick<PreferenceStore, 'all' | 'remove'>, ops: readonly Op[]): void {
  const current = new Set(ops.map(({ id }) => sentMarkKey(id)));
  for (const key of preferences.all().keys()) if (key.startsWith(prefix) && !current.has(key)) preferences.remove(key);
}
