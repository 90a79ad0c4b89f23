import { ApiError } from '../../api/apiError.ts';
import { categoryKey } from '../../domain/task/category.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { requireExtras, undefinedIfMissing, ParkedError } from './sendContext.ts';
import type { ChangeOf, SendContext } from './sendContext.ts';

/** A category created by another person under the same name gets this colour. */
export async function createCategory(change: ChangeOf<'createCategory'>, tools: SendContext): Promise<ServerResult> {
  const { categories } = requireExtras(tools);
  const { name, colour } = change;
  try {
    const made = await categories.create({ name, colour }, { repeatability: tools.repeatability });
    return serverResultOf(change, { ids: [[change.id, made.id]] });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'ErrorItemExists') throw error;
    const theirs = (await categories.list()).find((one) => categoryKey(one.name) === categoryKey(name));
    if (theirs === undefined) throw error;
    await categories.update(theirs.id, { colour });
    return serverResultOf(change, { ids: [[change.id, theirs.id]] });
  }
}

/** Names have no etag, so the server's value is read before it is overwritten. */
export async function updateCategory(change: ChangeOf<'updateCategory'>, tools: SendContext): Promise<ServerResult> {
  const { categories } = requireExtras(tools);
  const { id, name, was, colour, wasColour } = change;
  const all = await categories.list();
  const theirs = all.find((one) => one.id === id);
  if (theirs === undefined && !all.some((one) => categoryKey(one.name) === categoryKey(name))) {
    // A name in use when it was coloured, and now in no task.
    const made = await categories.create({ name, colour }, { repeatability: tools.repeatability });
    return serverResultOf(change, { ids: [[id, made.id]] });
  }
  if (theirs !== undefined && name !== was && theirs.name !== was && theirs.name !== name) {
    throw new ParkedError({
      kind: 'changed',
      message: `Renamed to "${theirs.name}" elsewhere`,
      theirName: theirs.name,
    });
  }
  await categories.update(id, { ...(name !== was && { name }), ...(colour !== wasColour && { colour }) });
  return serverResultOf(change, {});
}

/** Deleting what is already gone counts as done. */
export async function deleteCategory(change: ChangeOf<'deleteCategory'>, tools: SendContext): Promise<ServerResult> {
  await undefinedIfMissing(requireExtras(tools).categories.remove(change.id));
  return serverResultOf(change, {});
}
