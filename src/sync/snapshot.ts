import { ungrouped } from '../domain/change.ts';
import type { Task, TaskFolder, TaskGroup } from '../domain/task.ts';
import type { Instant } from '../domain/time.ts';
import type { Effect } from './effect.ts';

/** What the server last said about one folder: rows by id, and when it said so. */
export type TaskSnapshot = { rows: ReadonlyMap<string, Task>; at: Instant };

/** A full walk over an earlier snapshot: rows that did not change stay the same objects, rows not named are gone. */
export function mergeRows(earlier: ReadonlyMap<string, Task> | undefined, pulled: readonly Task[]): Map<string, Task> {
  return new Map(
    pulled.map((row) => {
      const known = earlier?.get(row.id);
      return [row.id, known !== undefined && known.etag !== '' && known.etag === row.etag ? known : row];
    }),
  );
}

/**
 * The rows of a folder after an answer of the server; the same map when it is not about this folder. An answer older than
 * the row that is there changes nothing.
 */
export function tasksAfter(
  rows: ReadonlyMap<string, Task>,
  effect: Effect,
  folderId: string,
): ReadonlyMap<string, Task> {
  const news = effect.tasks.filter((task) => task.folderId === folderId && !isNewer(rows.get(task.id), task));
  const gone = effect.goneTasks.filter((task) => task.folderId === folderId && rows.has(task.id));
  if (news.length + gone.length === 0) return rows;
  const after = new Map(rows);
  for (const task of news) after.set(task.id, task);
  for (const { id } of gone) after.delete(id);
  return after;
}

function isNewer(known: Task | undefined, answer: Task): boolean {
  return known !== undefined && known.modifiedAt > answer.modifiedAt;
}

export function groupsAfter(groups: readonly TaskGroup[], effect: Effect): readonly TaskGroup[] {
  const { goneGroup } = effect;
  return upserted(groups, effect.groups).filter(({ id }) => id !== goneGroup?.id);
}

/** Folders of a deleted group move to the default group (wire.md §19, 9). */
export function foldersAfter(folders: readonly TaskFolder[], effect: Effect): readonly TaskFolder[] {
  const { goneGroup, goneFolder } = effect;
  const moved = goneGroup === null ? folders : ungrouped(folders, goneGroup.groupKey);
  return upserted(moved, effect.folders).filter(({ id }) => id !== goneFolder);
}

function upserted<T extends { id: string }>(all: readonly T[], news: readonly T[]): readonly T[] {
  const byId = new Map(news.map((one) => [one.id, one]));
  const known = new Set(all.map(({ id }) => id));
  return [...all.map((one) => byId.get(one.id) ?? one), ...news.filter(({ id }) => !known.has(id))];
}
