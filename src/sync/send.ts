import { ApiError } from '../api/errors.ts';
import type { TaskApi } from '../api/taskApi.ts';
import { compareUpdate } from '../domain/change.ts';
import type { Change } from '../domain/change.ts';
import type { Place, Task } from '../domain/task.ts';
import { addMs, dayOf, midnightOf } from '../domain/time.ts';
import { effectOf } from './effect.ts';
import type { Effect } from './effect.ts';
import type { Op, Parking } from './op.ts';

/** What the drain knows without asking: the server's rows as last heard, and which server ids were made here. */
export type Known = {
  task: (mailbox: Place['mailbox'], folderId: string, id: string) => Task | undefined;
  name: (change: Extract<Change, { kind: 'renameGroup' | 'renameFolder' }>) => string | undefined;
  /** True for a server id that answered one of our own creates. */
  isOurs: (id: string) => boolean;
};

/** The change cannot be sent as it is, and the person decides. */
export class Parked extends Error {
  readonly parking: Parking;

  constructor(parking: Parking) {
    super(parking.message);
    this.name = 'Parked';
    this.parking = parking;
  }
}

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;
type Tools = { api: TaskApi; known: Known; mayHaveArrived: boolean };

/** Sends one op and says what the answer means. Throws ApiError, or Parked. */
export function send(op: Op, api: TaskApi, known: Known, isRepeat: boolean): Promise<Effect> {
  const { change } = op;
  const repeatability = { id: op.repeatabilityId, firstSent: op.firstSentAt ?? op.madeAt };
  // Where keys are honoured, repeating is safe. Where they are not, one looks before sending again (rule 4).
  const tools = { api, known, mayHaveArrived: isRepeat && !api.repeats() };
  switch (change.kind) {
    case 'createGroup':
      return createGroup(change, tools, { repeatability });
    case 'createFolder':
      return createFolder(change, tools, { repeatability });
    case 'createTask':
      return createTask(change, tools, { repeatability });
    case 'renameGroup':
    case 'renameFolder':
      return rename(change, tools);
    case 'deleteGroup':
      return unlessMissing(
        api.deleteGroup(change),
        effectOf(change, { goneGroup: { id: change.id, groupKey: change.groupKey } }),
      );
    case 'deleteFolder':
      return unlessMissing(api.deleteFolder(change), effectOf(change, { goneFolder: change.id }));
    case 'deleteTask':
      return unlessMissing(
        api.deleteTask(change),
        effectOf(change, { goneTasks: [{ id: change.id, folderId: change.folderId }] }),
      );
    case 'updateTask':
      return updateTask(change, tools);
    case 'completeTask':
      return completeTask(change, tools, { repeatability });
  }
}

type Post = Parameters<TaskApi['createGroup']>[2];

async function createGroup(
  change: Of<'createGroup'>,
  { api, known, mayHaveArrived }: Tools,
  post: Post,
): Promise<Effect> {
  const earlier = mayHaveArrived
    ? (await api.groups(change.mailbox)).find(
        ({ id, name, isDefault }) => name === change.name && !isDefault && !known.isOurs(id),
      )
    : undefined;
  const group = earlier ?? (await api.createGroup(change.mailbox, { name: change.name }, post));
  return effectOf(change, {
    groups: [group],
    ids: [
      [change.id, group.id],
      [change.groupKey, group.groupKey],
    ],
  });
}

async function createFolder(
  change: Of<'createFolder'>,
  { api, known, mayHaveArrived }: Tools,
  post: Post,
): Promise<Effect> {
  const { mailbox, name, groupId } = change;
  const earlier = mayHaveArrived
    ? (await api.folders(mailbox)).find(
        (folder) => folder.name === name && !folder.isDefault && !known.isOurs(folder.id),
      )
    : undefined;
  const group = groupId === null ? null : { mailbox, id: groupId };
  const folder = earlier ?? (await api.createFolder(mailbox, group, { name }, post));
  return effectOf(change, { folders: [folder], ids: [[change.id, folder.id]] });
}

/** Clocks of this device and the server may differ by this much when a task is looked for by its time of creation. */
const clockSkewMs = 10 * 60_000;

async function createTask(
  change: Of<'createTask'>,
  { api, known, mayHaveArrived }: Tools,
  post: Post,
): Promise<Effect> {
  const folder = { mailbox: change.mailbox, id: change.folderId };
  const since = addMs(change.at, -clockSkewMs);
  const isIt = (task: Task) =>
    task.subject === (change.patch.subject ?? '') && task.createdAt >= since && !known.isOurs(task.id);
  const earlier = mayHaveArrived ? (await api.tasks(folder)).find(isIt) : undefined;
  const task = earlier ?? (await api.createTask(folder, change.patch, post));
  return effectOf(change, { tasks: [task], ids: [[change.id, task.id]] });
}

async function rename(change: Of<'renameGroup' | 'renameFolder'>, { api, known }: Tools): Promise<Effect> {
  const theirs = known.name(change);
  if (theirs !== undefined && theirs !== change.was && theirs !== change.name) {
    throw new Parked({ kind: 'changed', message: `Renamed to "${theirs}" elsewhere` });
  }
  if (change.kind === 'renameGroup') {
    return effectOf(change, { groups: [await api.renameGroup(change, { name: change.name })] });
  }
  return effectOf(change, { folders: [await api.renameFolder(change, { name: change.name })] });
}

/** A delete of what is gone already is done (rule 7). */
async function unlessMissing(request: Promise<void>, effect: Effect): Promise<Effect> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ApiError && error.kind === 'missing')) throw error;
  }
  return effect;
}

/** Rule 6: compared with the server's row before sending, and again after each 412. */
async function updateTask(change: Of<'updateTask'>, { api, known }: Tools): Promise<Effect> {
  return untilUnchanged(change, api, known.task(change.mailbox, change.folderId, change.id), async (server) => {
    if (server === undefined) return [await api.updateTask(change, change.patch, ifMatch(change.base.etag))];
    const compared = compareUpdate(server, change.patch, change.base);
    if (compared.outcome === 'done') return [server];
    if (compared.outcome === 'send') return [await api.updateTask(change, compared.patch, ifMatch(server.etag))];
    const message = `Changed elsewhere: ${compared.fields.join(', ')}`;
    throw new Parked({ kind: 'changed', message, theirs: server });
  }).then((tasks) => effectOf(change, { tasks }));
}

/** Rule 11: done already, or on a later instance, is done; the day recorded is the person's. */
async function completeTask(change: Of<'completeTask'>, { api, known }: Tools, post: Post): Promise<Effect> {
  const tasks = await untilUnchanged(
    change,
    api,
    known.task(change.mailbox, change.folderId, change.id),
    async (server) => {
      const isSeries = server !== undefined && server.recurrence !== null;
      const isLater = isSeries && server.due !== null && change.due !== null && server.due > change.due;
      if (server !== undefined && (server.status === 'completed' || isLater)) return [server];
      const answers = await api.completeTask(change, {
        ...post,
        ...ifMatch(server?.etag ?? change.etag),
        zone: change.on.zone,
      });
      return Promise.all(answers.map((task) => onTheirDay(task, change, api)));
    },
  );
  const copy = tasks.find((task) => task.id !== change.id);
  return effectOf(change, { tasks, ids: copy === undefined ? [] : [[change.copyId, copy.id]] });
}

/** Finished offline yesterday and sent today: the day is put right. */
async function onTheirDay(task: Task, { mailbox, on }: Of<'completeTask'>, api: TaskApi): Promise<Task> {
  const { zone } = on;
  if (
    task.status !== 'completed' ||
    task.completed === null ||
    dayOf(task.completed, zone) <= dayOf(midnightOf(on), zone)
  )
    return task;
  return api.updateTask({ mailbox, id: task.id }, { status: 'completed', completed: on }, ifMatch(task.etag));
}

const ifMatch = (etag: string) => (etag === '' ? {} : { ifMatch: etag });

/** Tries with what is known, then with what the server has now. Somebody who writes this often has to be waited for. */
async function untilUnchanged<T>(
  task: Place,
  api: TaskApi,
  known: Task | undefined,
  attempt: (server: Task | undefined) => Promise<T>,
): Promise<T> {
  let server = known;
  for (let left = 3; ; left -= 1) {
    try {
      return await attempt(server);
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'changed' || error.mayHaveArrived) throw error;
      if (left === 0) throw new ApiError('busy', 'The task keeps changing elsewhere', { cause: error });
      server = await api.task({ mailbox: task.mailbox, id: task.id });
    }
  }
}
