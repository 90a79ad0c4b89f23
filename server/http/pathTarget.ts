import { notFound } from '../config/appError.ts';
import { folderRow, groupRow, taskRow } from '../db/mailboxTransaction.ts';
import type { Db, FolderRow } from '../db/tables.ts';
import type { RequestContext } from './requestContext.ts';

/** The folder of a URL, after checking the group before it: a folder outside that group is not found. */
export async function folderOfRequest(db: Db, context: RequestContext): Promise<FolderRow> {
  const { group, folder } = context.keys;
  const row = await folderRow(db, context.mailbox, folder ?? 'Tasks');
  if (group !== undefined) {
    const heading = await groupRow(db, context.mailbox, group);
    if (heading.group_key !== row.group_key) throw notFound();
  }
  return row;
}

/** The task of a URL, after checking the folder before it (docs/protocol.md#endpoints-of-beta). */
export async function taskIdOfRequest(db: Db, context: RequestContext): Promise<string> {
  const { task = '', folder } = context.keys;
  if (folder === undefined) return task;
  const { id } = await folderOfRequest(db, context);
  const row = await taskRow(db, context.mailbox, task);
  if (row.folder_id !== id) throw notFound();
  return task;
}
