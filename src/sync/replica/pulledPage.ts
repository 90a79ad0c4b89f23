import type { DeltaBatch } from '../../api/deltaReader.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import { isSame } from './folderTable.ts';
import type { AnsweredRows, FolderTable } from './folderTable.ts';
import type { PulledStep } from './folderPersistence.ts';

/** One pull of a folder, from its first request to its last page. */
export type PullRound = {
  at: Instant;
  /** The ids a full read has named: the others are deleted (docs/protocol.md#sync). Null when it goes on from a cursor. */
  listed: Set<string> | null;
  /** Rows this round has to name, or they are deleted: `ahead` of StoredPlace. */
  unconfirmed: ReadonlySet<string>;
  answered: AnsweredRows;
};

/** What a page changes in the folder. Adds to `listed`. */
export function stepOfPage(table: FolderTable, round: PullRound, page: DeltaBatch<Task>, isLast: boolean): PulledStep {
  const { listed, unconfirmed, answered } = round;
  const last = new Map<string, Task | null>();
  for (const entry of page.entries) {
    if (entry.kind === 'changed') last.set(entry.value.id, entry.value);
    else last.set(entry.id, null);
  }
  const puts: Task[] = [];
  const removed: string[] = [];
  for (const [id, task] of last) {
    if (task === null) removed.push(id);
    // A full read repeats known rows. Those of our own responses may not be on disk yet.
    else if (listed === null || answered.has(id) || table.unconfirmed.has(id) || !isKnown(table, task)) puts.push(task);
    if (task !== null) listed?.add(id);
    else listed?.delete(id);
  }
  const isFirstPull = table.stored?.isComplete !== true;
  if (listed !== null && isLast)
    for (const id of table.rows.keys()) if (!listed.has(id) && !answered.has(id)) removed.push(id);
  const confirmed = new Set(last.keys());
  if (isLast) {
    for (const id of unconfirmed) {
      if (table.unconfirmed.has(id) && !confirmed.has(id) && !answered.has(id)) removed.push(id);
      confirmed.add(id);
    }
  }
  const place = {
    ...(isLast ? {} : { isMid: true }),
    // Half of a second full read is worth nothing: deleted rows would stay.
    cursor: listed === null || isLast ? page.cursor || null : null,
    isComplete: !isFirstPull || isLast,
    at: isLast ? round.at : (table.stored?.at ?? round.at),
  };
  return { puts, removed, place, confirmed };
}

function isKnown(table: FolderTable, task: Task): boolean {
  const known = table.rows.get(task.id);
  return known !== undefined && isSame(known, task);
}
