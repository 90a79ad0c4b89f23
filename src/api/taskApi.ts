import type { Mailbox, NamePatch, Place, Task, TaskFolder, TaskGroup, TaskPatch } from '../domain/task/task.ts';
import type { Capabilities, Dialect } from '../wire/dialect.ts';
import { readPage } from '../wire/odata/odata.ts';
import { WireError } from '../wire/jsonReader.ts';
import { readDelta, type DeltaOptions } from './deltaReader.ts';
import { ApiError } from './apiError.ts';
import { followPages } from './pageLinks.ts';
import type { TransportResponse, Repeatability, TransportRequest, SendRequest } from './transport.ts';

export type { Capabilities } from '../wire/dialect.ts';

type Write = { ifMatch?: string };
type Post = { repeatability?: Repeatability };

/** Whether a server honours idempotency keys, shared by all clients of it. */
export type IdempotencySupport = { areHonoured: boolean };

/**
 * One method per endpoint, domain types in and out (docs/protocol.md#endpoints-of-v2). Every method throws ApiError.
 * Lists are complete: pages are followed to the end.
 */
export type TaskApi = {
  can: Capabilities;
  /** Whether this server honours idempotency keys (docs/architecture.md#every-post-carries-an-idempotency-key). */
  repeats: () => boolean;
  groups: (mailbox: Mailbox, signal?: AbortSignal) => Promise<readonly TaskGroup[]>;
  createGroup: (mailbox: Mailbox, patch: NamePatch, options?: Post) => Promise<TaskGroup>;
  renameGroup: (group: Place, patch: NamePatch, options?: Write) => Promise<TaskGroup>;
  deleteGroup: (group: Place) => Promise<void>;
  folders: (mailbox: Mailbox, signal?: AbortSignal) => Promise<readonly TaskFolder[]>;
  /** Creates it in the default group when `group` is null. */
  createFolder: (mailbox: Mailbox, group: Place | null, patch: NamePatch, options?: Post) => Promise<TaskFolder>;
  renameFolder: (folder: Place, patch: NamePatch, options?: Write) => Promise<TaskFolder>;
  deleteFolder: (folder: Place) => Promise<void>;
  /** `onPage` receives each page as it arrives. */
  tasks: (folder: Place, onPage?: (page: readonly Task[]) => void, signal?: AbortSignal) => Promise<readonly Task[]>;
  /** The number of tasks without reading them; null from a server that does not count. */
  count: (folder: Place, signal?: AbortSignal) => Promise<number | null>;
  /**
   * The changes in a folder since a cursor; resolves with the next cursor. For servers with `can.delta`.
   * @throws ApiError `stale`: start over without a cursor.
   */
  changes: (folder: Place, options: DeltaOptions<Task>) => Promise<string>;
  /** The same for the folders of a mailbox. */
  folderChanges: (mailbox: Mailbox, options: DeltaOptions<TaskFolder>) => Promise<string>;
  task: (task: Place) => Promise<Task>;
  createTask: (folder: Place, patch: TaskPatch, options?: Post) => Promise<Task>;
  updateTask: (task: Place, patch: TaskPatch, options?: Write) => Promise<Task>;
  /**
   * Returns the completed task, and the next instance of a series (docs/protocol.md#status-and-completion). `zone`
   * decides which day is today.
   */
  completeTask: (task: Place, options: Write & Post & { zone: string }) => Promise<readonly Task[]>;
  deleteTask: (task: Place, options?: Write) => Promise<void>;
  /** Deletes permanently (docs/protocol.md#deletion). For servers with `can.purge`. */
  purgeTask: (task: Place) => Promise<void>;
};

/** The largest page (docs/protocol.md#query-options-and-paging): a folder of 10,000 takes ten requests. */
const largestPage = 1000;

/**
 * The remote API in one dialect.
 * @param beside another dialect of the same service, for what this one lacks; both have the same ids. A service with
 * `/threefold/v1` has more capabilities than its dialect, given in `can` and `keys`.
 */
export function createTaskApi(
  dialect: Dialect,
  send: SendRequest,
  {
    beside = dialect,
    can = dialect.can,
    keys = { areHonoured: false },
    pageSize = largestPage,
  }: { beside?: Dialect; can?: Capabilities; keys?: IdempotencySupport; pageSize?: number } = {},
): TaskApi {
  const { paths, root, task, folder, group } = dialect;
  const createdAt = dialect.spelling.member('CreatedDateTime');

  async function ask(request: TransportRequest): Promise<TransportResponse> {
    const answer = await send({ ...request, path: request.path.startsWith('/') ? root + request.path : request.path });
    if (request.repeatability !== undefined) keys.areHonoured = answer.repeats;
    return answer;
  }
  async function fetchEntity<T>(decode: (json: unknown) => T, request: TransportRequest): Promise<T> {
    const { json } = await ask(request);
    return decodeResponse(() => decode(json));
  }
  async function nothing(request: TransportRequest): Promise<void> {
    await ask(request);
  }
  async function all<T>(
    decode: (json: unknown) => T,
    path: string,
    signal?: AbortSignal,
    { onPage, order = '' }: { onPage?: ((page: readonly T[]) => void) | undefined; order?: string } = {},
  ): Promise<readonly T[]> {
    const rows: T[] = [];
    await followPages(`${path}?$top=${pageSize}${order}`, async (link) => {
      const { json } = await ask({ method: 'GET', path: link, ...(signal === undefined ? {} : { signal }) });
      const { value, nextLink } = decodeResponse(() => readPage(json));
      const page = decodeResponse(() => value.map(decode));
      rows.push(...page);
      onPage?.(page);
      return nextLink;
    });
    return rows;
  }
  const changes = <T>(decode: (json: unknown) => T, path: string, options: DeltaOptions<T>): Promise<string> =>
    readDelta({ ask, decode, path, pageSize }, options).catch(asBroken);

  return {
    can,
    repeats: () => keys.areHonoured,
    groups: (mailbox, signal) => all(group.decode, paths.groups(mailbox), signal),
    createGroup: (mailbox, patch, options) =>
      fetchEntity(group.decode, {
        method: 'POST',
        path: paths.groups(mailbox),
        body: group.encodePatch(patch),
        ...options,
      }),
    renameGroup: (place, patch, options) =>
      fetchEntity(group.decode, {
        method: 'PATCH',
        path: paths.group(place),
        body: group.encodePatch(patch),
        ...options,
      }),
    deleteGroup: (place) => nothing({ method: 'DELETE', path: paths.group(place) }),
    folders: (mailbox, signal) => all(folder.decode, paths.folders(mailbox), signal),
    createFolder: (mailbox, place, patch, options) => {
      const path = place === null ? paths.folders(mailbox) : paths.groupFolders(place);
      return fetchEntity(folder.decode, { method: 'POST', path, body: folder.encodePatch(patch), ...options });
    },
    renameFolder: (place, patch, options) =>
      fetchEntity(folder.decode, {
        method: 'PATCH',
        path: paths.folder(place),
        body: folder.encodePatch(patch),
        ...options,
      }),
    deleteFolder: (place) => nothing({ method: 'DELETE', path: paths.folder(place) }),
    // The newest first: a list shows its first page while the others arrive.
    tasks: (place, onPage, signal) =>
      all(task.decode, paths.tasks(place), signal, { onPage, order: `&$orderby=${createdAt}%20desc` }),
    async count(place, signal) {
      const path = `${paths.tasks(place)}?$top=1&$count=true`;
      const { json } = await ask({ method: 'GET', path, ...(signal && { signal }) });
      return decodeResponse(() => readPage(json)).count ?? null;
    },
    changes: (place, options) => changes(task.decode, paths.tasks(place), options),
    folderChanges: (mailbox, options) => changes(folder.decode, paths.folders(mailbox), options),
    task: (place) => fetchEntity(task.decode, { method: 'GET', path: paths.task(place) }),
    createTask: (place, patch, options) =>
      fetchEntity(task.decode, { method: 'POST', path: paths.tasks(place), body: task.encodePatch(patch), ...options }),
    updateTask: (place, patch, options) =>
      fetchEntity(task.decode, { method: 'PATCH', path: paths.task(place), body: task.encodePatch(patch), ...options }),
    completeTask: (place, options) =>
      fetchEntity((json) => readPage(json).value.map(task.decode), {
        method: 'POST',
        path: paths.complete(place),
        ...options,
      }),
    deleteTask: (place, options) => nothing({ method: 'DELETE', path: paths.task(place), ...options }),
    async purgeTask(place) {
      const path = beside.paths.permanentDelete?.(place);
      if (path === undefined) throw new ApiError('refused', 'This server cannot delete permanently');
      await send({ method: 'POST', path: beside.root + path });
    },
  };
}

/** A response that cannot be decoded is a fault of the server. */
export function decodeResponse<T>(decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    return asBroken(cause);
  }
}

function asBroken(cause: unknown): never {
  if (cause instanceof WireError) throw new ApiError('broken', cause.message, { cause });
  throw cause;
}
