import { fitTask } from '../../domain/task/fitTask.ts';
import { compareUpdate } from '../../domain/changes/patchComparison.ts';
import type { ChangeBase } from '../../domain/changes/patchComparison.ts';
import type { Place, Task, TaskPatch } from '../../domain/task/task.ts';
import { addMs, dayOf, midnightOf } from '../../domain/time/time.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { restoreFromBin } from './sendPlaces.ts';
import {
  claimEarlier,
  requireExtras,
  ifMatch,
  undefinedIfMissing,
  isMissing,
  ParkedError,
  retryOnConflict,
} from './sendContext.ts';
import type { ChangeOf, SendContext } from './sendContext.ts';

/** Clocks of device and server may differ by this much when a task is looked up by creation time. */
const clockSkewMs = 10 * 60_000;

export async function createTask(change: ChangeOf<'createTask'>, tools: SendContext): Promise<ServerResult> {
  const { api, mayHaveArrived, repeatability } = tools;
  const folder = { mailbox: change.mailbox, id: change.folderId };
  const since = addMs(change.at, -clockSkewMs);
  // An earlier version of the app took longer texts, which may wait still.
  const patch = fitTask(change.patch);
  const isIt = (task: Task) => task.subject === (patch.subject ?? '') && task.createdAt >= since;
  const earlier = mayHaveArrived ? claimEarlier(tools, await api.tasks(folder), isIt) : undefined;
  try {
    const task = earlier ?? (await api.createTask(folder, patch, { repeatability }));
    return serverResultOf(change, { tasks: [task], ids: [[change.id, task.id]] });
  } catch (error) {
    // The key's task no longer exists: it was deleted before its answer arrived. Only one found in the bin counts as
    // that; the person decides on any other 404.
    const wasMade = tools.isRepeat && isMissing(error) && (await isInBin(change, tools));
    if (!wasMade) throw error;
    return serverResultOf(change, { goneTasks: [{ id: change.id, folderId: change.folderId }] });
  }
}

async function isInBin({ mailbox, patch }: ChangeOf<'createTask'>, tools: SendContext): Promise<boolean> {
  if (mailbox !== 'me' || tools.extras === null) return false;
  const since = addMs(tools.repeatability.firstSent, -clockSkewMs);
  const items = await tools.extras.bin.list();
  return items.some(
    ({ kind, name, deletedAt }) => kind === 'task' && name === (fitTask(patch).subject ?? '') && deletedAt >= since,
  );
}

/**
 * Compares with the server's row before sending, and again after each 412
 * (docs/architecture.md#conflicts-are-decided-per-field).
 */
export async function updateTask(change: ChangeOf<'updateTask'>, tools: SendContext): Promise<ServerResult> {
  return serverResultOf(change, { tasks: [await patched(change, tools)] });
}

type Patching = Place & { folderId: string; patch: TaskPatch; base: ChangeBase };

async function patched(change: Patching, { api, known }: SendContext): Promise<Task> {
  const row = await known.task(change.mailbox, change.folderId, change.id);
  return retryOnConflict(change, api, row, async function attempt(server): Promise<Task> {
    if (server === undefined) return api.updateTask(change, change.patch, ifMatch(change.base.etag));
    const compared = compareUpdate(server, change.patch, change.base);
    if (compared.outcome === 'done') return server;
    if (compared.outcome === 'send') return api.updateTask(change, compared.patch, ifMatch(server.etag));
    // The known row may be older than what the person saw since: a conflict shows the server's current one.
    if (server === row) return attempt(await api.task(change));
    const message = `Changed elsewhere: ${compared.fields.join(', ')}`;
    throw new ParkedError({ kind: 'changed', message, theirs: server });
  });
}

/**
 * A task that is completed already, or on a later instance, is done; the day is the person's
 * (docs/architecture.md#completing-a-series).
 */
export async function completeTask(change: ChangeOf<'completeTask'>, tools: SendContext): Promise<ServerResult> {
  const { api, known, repeatability } = tools;
  const seen = await known.task(change.mailbox, change.folderId, change.id);
  // Sent before: the answer to the same request names the completed copy. Without keys, the copy is looked up.
  const first = !tools.isRepeat ? seen : tools.mayHaveArrived ? await api.task(change) : undefined;
  const tasks = await retryOnConflict(change, api, first, async (server) => {
    if (server?.status === 'completed') return [await onTheirDay(server, change, tools)];
    if (server !== undefined && isLater(server, change)) return [server, ...(await copiesOf(server, change, tools))];
    const options = { repeatability, ...ifMatch(server?.etag ?? change.etag), zone: change.on.zone };
    const answers = await api.completeTask(change, options);
    return Promise.all(answers.map((task) => onTheirDay(task, change, tools)));
  });
  const copy = tasks.find((task) => task.id !== change.id);
  return serverResultOf(change, { tasks, ids: copy === undefined ? [] : [[change.copyId, copy.id]] });
}

function isLater(server: Task, change: ChangeOf<'completeTask'>): boolean {
  return server.recurrence !== null && server.due !== null && change.due !== null && server.due > change.due;
}

/** The completed copy of an earlier attempt whose answer was lost on a server without keys. */
async function copiesOf(server: Task, change: ChangeOf<'completeTask'>, tools: SendContext): Promise<readonly Task[]> {
  if (!tools.mayHaveArrived) return [];
  const since = addMs(tools.repeatability.firstSent, -clockSkewMs);
  const rows = await tools.api.tasks({ mailbox: change.mailbox, id: server.folderId });
  const copy = claimEarlier(
    tools,
    rows,
    (task) =>
      task.status === 'completed' &&
      task.subject === server.subject &&
      task.due === change.due &&
      task.createdAt >= since,
  );
  return copy === undefined ? [] : [await onTheirDay(copy, change, tools)];
}

/**
 * Completed offline on an earlier day: the day is corrected. Also when the app closed between the two requests, as the
 * task is then found completed.
 */
async function onTheirDay(task: Task, { mailbox, on }: ChangeOf<'completeTask'>, { api }: SendContext): Promise<Task> {
  const isTheirs =
    task.status !== 'completed' ||
    task.completed === null ||
    dayOf(task.completed, on.zone) <= dayOf(midnightOf(on), on.zone);
  if (isTheirs) return task;
  return api.updateTask({ mailbox, id: task.id }, { status: 'completed', completed: on }, ifMatch(task.etag));
}

export async function deleteTask(change: ChangeOf<'deleteTask'>, { api }: SendContext): Promise<ServerResult> {
  await undefinedIfMissing(api.deleteTask(change));
  return serverResultOf(change, { goneTasks: [{ id: change.id, folderId: change.folderId }] });
}

/** Moves by others in the meantime do not matter: the last move wins. */
export async function moveTask(change: ChangeOf<'moveTask'>, tools: SendContext): Promise<ServerResult> {
  const { repeatability } = tools;
  const task = await requireExtras(tools).move.task(change, change.toFolderId, { repeatability });
  const { id, folderId } = change;
  return serverResultOf(change, { tasks: [task], goneTasks: task.folderId === folderId ? [] : [{ id, folderId }] });
}

/**
 * Restores under the same id into its folder, or the default one when that is deleted; settles when already restored.
 */
export async function restoreTask(change: ChangeOf<'restoreTask'>, tools: SendContext): Promise<ServerResult> {
  await restoreFromBin(change, tools);
  return serverResultOf(change, { tasks: [await tools.api.task(change)] });
}

/**
 * Series first: if only the copy were purged, an occurrence would be lost (docs/architecture.md#completing-a-series).
 */
export async function undoComplete(change: ChangeOf<'undoComplete'>, tools: SendContext): Promise<ServerResult> {
  const { api } = tools;
  const { mailbox, copyId, folderId } = change;
  const series = await patched(change, tools);
  const copy = { mailbox, id: copyId };
  await undefinedIfMissing(api.can.purge ? api.purgeTask(copy) : api.deleteTask(copy));
  return serverResultOf(change, { tasks: [series], goneTasks: [{ id: copyId, folderId }] });
}
