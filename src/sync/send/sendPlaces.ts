import type { Place } from '../../domain/task/task.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { claimEarlier, requireExtras, undefinedIfMissing, ParkedError } from './sendContext.ts';
import type { ChangeOf, SendContext } from './sendContext.ts';

export async function createGroup(change: ChangeOf<'createGroup'>, tools: SendContext): Promise<ServerResult> {
  const { api, mayHaveArrived, repeatability } = tools;
  const earlier = mayHaveArrived
    ? claimEarlier(tools, await api.groups(change.mailbox), ({ name, isDefault }) => name === change.name && !isDefault)
    : undefined;
  const group = earlier ?? (await api.createGroup(change.mailbox, { name: change.name }, { repeatability }));
  return serverResultOf(change, {
    groups: [group],
    ids: [
      [change.id, group.id],
      [change.groupKey, group.groupKey],
    ],
  });
}

export async function createFolder(change: ChangeOf<'createFolder'>, tools: SendContext): Promise<ServerResult> {
  const { api, mayHaveArrived, repeatability } = tools;
  const { mailbox, name, groupId } = change;
  const earlier = mayHaveArrived
    ? claimEarlier(tools, await api.folders(mailbox), (folder) => folder.name === name && !folder.isDefault)
    : undefined;
  const group = groupId === null ? null : { mailbox, id: groupId };
  const folder = earlier ?? (await api.createFolder(mailbox, group, { name }, { repeatability }));
  return serverResultOf(change, { folders: [folder], ids: [[change.id, folder.id]] });
}

/** Names have no etag: the name is read just before it is set, so that another person's rename is not overwritten. */
export async function renamePlace(
  change: ChangeOf<'renameGroup' | 'renameFolder'>,
  { api }: SendContext,
): Promise<ServerResult> {
  const { mailbox, id, kind, name } = change;
  const all = kind === 'renameGroup' ? await api.groups(mailbox) : await api.folders(mailbox);
  const theirs = all.find((one) => one.id === id);
  if (theirs !== undefined && theirs.name !== change.was && theirs.name !== name) {
    throw new ParkedError({
      kind: 'changed',
      message: `Renamed to "${theirs.name}" elsewhere`,
      theirName: theirs.name,
    });
  }
  if (kind === 'renameGroup') return serverResultOf(change, { groups: [await api.renameGroup(change, { name })] });
  return serverResultOf(change, { folders: [await api.renameFolder(change, { name })] });
}

export async function deleteGroup(change: ChangeOf<'deleteGroup'>, { api }: SendContext): Promise<ServerResult> {
  await undefinedIfMissing(api.deleteGroup(change));
  return serverResultOf(change, { goneGroup: { id: change.id, groupKey: change.groupKey } });
}

/** Deleting what is already gone counts as done. */
export async function deleteFolder(change: ChangeOf<'deleteFolder'>, { api }: SendContext): Promise<ServerResult> {
  await undefinedIfMissing(api.deleteFolder(change));
  return serverResultOf(change, { goneFolder: change.id });
}

/** Two people moving a folder to different groups is a conflict like two names. */
export async function moveFolder(change: ChangeOf<'moveFolder'>, tools: SendContext): Promise<ServerResult> {
  const { mailbox, id, toGroupKey, wasGroupKey } = change;
  const theirs = (await tools.api.folders(mailbox)).find((one) => one.id === id);
  if (theirs !== undefined && theirs.groupKey !== wasGroupKey && theirs.groupKey !== toGroupKey) {
    const theirGroupKey = theirs.groupKey;
    throw new ParkedError({ kind: 'changed', message: 'Moved to another group elsewhere', theirGroupKey });
  }
  const { move } = requireExtras(tools);
  return serverResultOf(change, {
    folders: [await move.folder(change, toGroupKey, { repeatability: tools.repeatability })],
  });
}

/** Restores under the same id; settles when it is already restored. */
export async function restoreFolder(change: ChangeOf<'restoreFolder'>, tools: SendContext): Promise<ServerResult> {
  const place: Place = { mailbox: change.mailbox, id: change.id };
  await restoreFromBin(place, tools);
  const folder = (await tools.api.folders(change.mailbox)).find(({ id }) => id === change.id);
  if (folder === undefined) throw new ParkedError({ kind: 'missing', message: 'It is not in the bin any more' });
  return serverResultOf(change, { folders: [folder] });
}

/** @returns false when it is not in the bin: restored or purged. */
export async function restoreFromBin({ id }: Place, tools: SendContext): Promise<boolean> {
  const { repeatability } = tools;
  return (await undefinedIfMissing(requireExtras(tools).bin.restore(id, { repeatability }))) !== undefined;
}
