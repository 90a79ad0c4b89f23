import type { Place } from '../../domain/task/task.ts';
import { effectOf } from '../storage/serverResult.ts';
import type { Effect } from '../storage/serverResult.ts';
import { extrasOf, ifThere, Parked } from './sendContext.ts';
import type { Of, Tools } from './sendContext.ts';

export async function createGroup(change: Of<'createGroup'>, tools: Tools): Promise<Effect> {
  const { api, known, mayHaveArrived, repeatability } = tools;
  const earlier = mayHaveArrived
    ? (await api.groups(change.mailbox)).find(
        ({ id, name, isDefault }) => name === change.name && !isDefault && !known.isOurs(id),
      )
    : undefined;
  const group = earlier ?? (await api.createGroup(change.mailbox, { name: change.name }, { repeatability }));
  return effectOf(change, {
    groups: [group],
    ids: [
      [change.id, group.id],
      [change.groupKey, group.groupKey],
    ],
  });
}

export async function createFolder(change: Of<'createFolder'>, tools: Tools): Promise<Effect> {
  const { api, known, mayHaveArrived, repeatability } = tools;
  const { mailbox, name, groupId } = change;
  const earlier = mayHaveArrived
    ? (await api.folders(mailbox)).find(
        (folder) => folder.name === name && !folder.isDefault && !known.isOurs(folder.id),
      )
    : undefined;
  const group = groupId === null ? null : { mailbox, id: groupId };
  const folder = earlier ?? (await api.createFolder(mailbox, group, { name }, { repeatability }));
  return effectOf(change, { folders: [folder], ids: [[change.id, folder.id]] });
}

/** Names have no etag, so the name is read right before it is set: another person's name is not overwritten unseen. */
export async function rename(change: Of<'renameGroup' | 'renameFolder'>, { api }: Tools): Promise<Effect> {
  const { mailbox, id, kind, name } = change;
  const all = kind === 'renameGroup' ? await api.groups(mailbox) : await api.folders(mailbox);
  const theirs = all.find((one) => one.id === id);
  if (theirs !== undefined && theirs.name !== change.was && theirs.name !== name) {
    throw new Parked({ kind: 'changed', message: `Renamed to "${theirs.name}" elsewhere`, theirName: theirs.name });
  }
  if (kind === 'renameGroup') return effectOf(change, { groups: [await api.renameGroup(change, { name })] });
  return effectOf(change, { folders: [await api.renameFolder(change, { name })] });
}

export async function deleteGroup(change: Of<'deleteGroup'>, { api }: Tools): Promise<Effect> {
  await ifThere(api.deleteGroup(change));
  return effectOf(change, { goneGroup: { id: change.id, groupKey: change.groupKey } });
}

/** Deleting what is already gone counts as done. */
export async function deleteFolder(change: Of<'deleteFolder'>, { api }: Tools): Promise<Effect> {
  await ifThere(api.deleteFolder(change));
  return effectOf(change, { goneFolder: change.id });
}

/** Two people moving a folder to different groups is a conflict like two names. */
export async function moveFolder(change: Of<'moveFolder'>, tools: Tools): Promise<Effect> {
  const { mailbox, id, toGroupKey, wasGroupKey } = change;
  const theirs = (await tools.api.folders(mailbox)).find((one) => one.id === id);
  if (theirs !== undefined && theirs.groupKey !== wasGroupKey && theirs.groupKey !== toGroupKey) {
    const theirGroupKey = theirs.groupKey;
    throw new Parked({ kind: 'changed', message: 'Moved to another group elsewhere', theirGroupKey });
  }
  const { move } = extrasOf(tools);
  return effectOf(change, { folders: [await move.folder(change, toGroupKey, { repeatability: tools.repeatability })] });
}

/** Out of the bin under the same id; what is back already, by whoever, is back. */
export async function restoreFolder(change: Of<'restoreFolder'>, tools: Tools): Promise<Effect> {
  const place: Place = { mailbox: change.mailbox, id: change.id };
  await restored(place, tools);
  const folder = (await tools.api.folders(change.mailbox)).find(({ id }) => id === change.id);
  if (folder === undefined) throw new Parked({ kind: 'missing', message: 'It is not in the bin any more' });
  return effectOf(change, { folders: [folder] });
}

/** @returns false when it does not lie in the bin: it may be back, or gone for good. */
export async function restored({ id }: Place, tools: Tools): Promise<boolean> {
  const { repeatability } = tools;
  return (await ifThere(extrasOf(tools).bin.restore(id, { repeatability }))) !== undefined;
}
