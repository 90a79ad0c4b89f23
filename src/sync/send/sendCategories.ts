import { ApiError } from '../../api/apiError.ts';
import { categoryKey } from '../../domain/task/category.ts';
import { effectOf } from '../storage/serverResult.ts';
import type { Effect } from '../storage/serverResult.ts';
import { extrasOf, ifThere, Parked } from './sendContext.ts';
import type { Of, Tools } from './sendContext.ts';

/** What somebody else has made meanwhile, under the same name, gets this colour. */
export async function createCategory(change: Of<'createCategory'>, tools: Tools): Promise<Effect> {
  const { categories } = extrasOf(tools);
  const { name, colour } = change;
  try {
    const made = await categories.create({ name, colour }, { repeatability: tools.repeatability });
    return effectOf(change, { ids: [[change.id, made.id]] });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'ErrorItemExists') throw error;
    const theirs = (await categories.list()).find((one) => categoryKey(one.name) === categoryKey(name));
    if (theirs === undefined) throw error;
    await categories.update(theirs.id, { colour });
    return effectOf(change, { ids: [[change.id, theirs.id]] });
  }
}

/** Names have no etag, so the server's value is read before it is overwritten. */
export async function updateCategory(change: Of<'updateCategory'>, tools: Tools): Promise<Effect> {
  const { categories } = extrasOf(tools);
  const { id, name, was, colour, wasColour } = change;
  const all = await categories.list();
  const theirs = all.find((one) => one.id === id);
  if (theirs === undefined && !all.some((one) => categoryKey(one.name) === categoryKey(name))) {
    // A name that was in use when it was coloured, and is in no task any more.
    const made = await categories.create({ name, colour }, { repeatability: tools.repeatability });
    return effectOf(change, { ids: [[id, made.id]] });
  }
  if (theirs !== undefined && name !== was && theirs.name !== was && theirs.name !== name) {
    throw new Parked({ kind: 'changed', message: `Renamed to "${theirs.name}" elsewhere`, theirName: theirs.name });
  }
  await categories.update(id, { ...(name !== was && { name }), ...(colour !== wasColour && { colour }) });
  return effectOf(change, {});
}

/** Deleting what is already gone counts as done. */
export async function deleteCategory(change: Of<'deleteCategory'>, tools: Tools): Promise<Effect> {
  await ifThere(extrasOf(tools).categories.remove(change.id));
  return effectOf(change, {});
}
