import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';

/** A guest's view of another mailbox at one time: its number, and the folders shared with the guest. */
type SharedMailbox = {
  address: string;
  seq: number;
  /** By id, with the members of the list of shared folders as text. */
  folders: ReadonlyMap<string, string>;
};

/** By the owner's id. */
export type ShareSnapshot = ReadonlyMap<string, SharedMailbox>;

/** The part of a change event about other mailboxes. */
export type ShareChange = {
  /** Folders that were shared throughout, whose visible tasks changed. */
  mailboxes: readonly { address: string; folders: readonly string[] }[];
  /** Whether the list of shared folders changed: granted, withdrawn, renamed, another role. */
  access: boolean;
};

/** The current view of each of these guests; none for a guest of nothing. */
export async function readShareSnapshots(
  read: Db,
  guestIds: readonly string[],
): Promise<ReadonlyMap<string, ShareSnapshot>> {
  const snapshots = new Map<string, Map<string, SharedMailbox & { folders: Map<string, string> }>>();
  // In batches, because databases limit the number of parameters.
  for (let from = 0; from < guestIds.length; from += 500) {
    for (const row of await readSharedFolders(read, guestIds.slice(from, from + 500))) {
      const snapshot =
        snapshots.get(row.guestId) ?? new Map<string, SharedMailbox & { folders: Map<string, string> }>();
      const sharedMailbox = snapshot.get(row.ownerId) ?? { address: row.address, seq: row.seq, folders: new Map() };
      sharedMailbox.folders.set(row.folderId, [row.role, row.folderName, row.ownerName].join('\n'));
      snapshots.set(row.guestId, snapshot.set(row.ownerId, sharedMailbox));
    }
  }
  return snapshots;
}

function readSharedFolders(read: Db, guestIds: readonly string[]) {
  return read
    .selectFrom('folder_permissions as permission')
    .innerJoin('task_folders as folder', 'folder.id', 'permission.folder_id')
    .innerJoin('accounts as owner', 'owner.id', 'permission.account_id')
    .innerJoin('counters as counter', 'counter.account_id', 'permission.account_id')
    .select(['permission.guest_id as guestId', 'permission.account_id as ownerId', 'permission.role'])
    .select(['folder.id as folderId', 'folder.name as folderName', 'counter.seq'])
    .select(['owner.address', 'owner.name as ownerName'])
    .where('permission.guest_id', 'in', guestIds)
    .where('folder.deleted_at', 'is', null)
    .orderBy('folder.id')
    .execute();
}

/** Whether neither the access nor any shared mailbox changed. */
export function isSameSnapshot(before: ShareSnapshot, after: ShareSnapshot): boolean {
  return !isAccessChanged(before, after) && [...before].every(([ownerId, { seq }]) => after.get(ownerId)?.seq === seq);
}

/**
 * The changes between two snapshots.
 * @param before undefined when unknown: then everything counts as changed.
 */
export async function diffShareSnapshots(
  read: Db,
  before: ShareSnapshot | undefined,
  after: ShareSnapshot,
): Promise<ShareChange> {
  const mailboxes: { address: string; folders: readonly string[] }[] = [];
  for (const [ownerId, { address, seq, folders }] of after) {
    const previous = before?.get(ownerId);
    const ids = [...folders.keys()].filter((id) => before === undefined || previous?.folders.has(id) === true);
    const changed = previous === undefined ? ids : await changedFolders(read, ids, previous.seq, seq);
    if (changed.length > 0) mailboxes.push({ address, folders: changed });
  }
  return { mailboxes, access: before === undefined || isAccessChanged(before, after) };
}

function isAccessChanged(before: ShareSnapshot, after: ShareSnapshot): boolean {
  return accessKeyOf(before) !== accessKeyOf(after);
}

function accessKeyOf(snapshot: ShareSnapshot): string {
  const lines = [...snapshot].map(([ownerId, { folders }]) => JSON.stringify([ownerId, ...folders]));
  return lines.toSorted().join('\n');
}

/** Those of the folders in which the guest's visible tasks changed. */
async function changedFolders(read: Db, ids: readonly string[], since: number, seq: number): Promise<string[]> {
  if (ids.length === 0 || since === seq) return [];
  // A number that went back comes from a restored backup: anything may have changed.
  const from = seq < since ? -1 : since;
  const { rows } = await sql<{ id: string }>`
    select id from task_folders as folder
    where id in (${sql.join(ids)}) and (
      exists (select 1 from tasks
        where folder_id = folder.id and seq > ${from} and seq <= ${seq} and sensitivity <> 'private')
      or exists (select 1 from departures
        where place_id = folder.id and seq > ${from} and seq <= ${seq} and is_hidden = 0)
      or exists (select 1 from departures
        where place_id = 'private:' || folder.id and seq > ${from} and seq <= ${seq}))
    order by id`.execute(read);
  return rows.map(({ id }) => id);
}
