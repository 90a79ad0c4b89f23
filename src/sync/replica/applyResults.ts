import type { RowChange } from '../../domain/listing/listing.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { applyAnswer, oncePerRow, placeKey, stateOf } from './folderTable.ts';
import type { FolderTable } from './folderTable.ts';
import type { FolderTables } from './folderTables.ts';

/** Applies responses to our own changes in memory, with one event per folder; on disk the outbox writes them. */
export function applyResultsTo(tables: FolderTables, results: readonly ServerResult[]): void {
  const places = results.flatMap(({ mailbox, tasks, goneTasks }) =>
    [...tasks, ...goneTasks].map(({ folderId }) => ({ mailbox, id: folderId })),
  );
  // Each folder's event precedes the next folder's change: listeners read all folders.
  for (const place of new Map(places.map((one) => [placeKey(one), one])).values()) {
    const table = tables.find(place);
    if (table === undefined) continue;
    const changes = results.flatMap((result) => applyRowsOf(table, result));
    if (changes.length > 0) tables.notify(table, oncePerRow(changes));
  }
  for (const result of results) applyFoldersOf(tables, result);
}

function applyRowsOf(table: FolderTable, { mailbox, tasks, goneTasks }: ServerResult): RowChange[] {
  if (mailbox !== table.place.mailbox) return [];
  const isHere = ({ folderId }: { folderId: string }) => folderId === table.place.id;
  return applyAnswer(
    table,
    tasks.filter(isHere),
    goneTasks.filter(isHere).map(({ id }) => id),
  );
}

function applyFoldersOf(tables: FolderTables, { mailbox, change, folders, goneFolder }: ServerResult): void {
  for (const { id } of change.kind === 'createFolder' ? folders : []) {
    const table = tables.at({ mailbox, id });
    if (table.state.kind !== 'none') continue;
    // Just created: known to be empty, nothing to load.
    table.loading = Promise.resolve(table.state);
    table.stored = { cursor: null, isComplete: true, at: '' };
    table.state = stateOf(table);
    tables.notify(table, []);
  }
  const removed = goneFolder === null ? undefined : tables.find({ mailbox, id: goneFolder });
  if (removed !== undefined) tables.remove(removed);
}
