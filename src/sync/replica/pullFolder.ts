import { ApiError } from '../../api/apiError.ts';
import type { DeltaBatch } from '../../api/deltaReader.ts';
import type { TaskApi } from '../../api/taskApi.ts';
import type { Place, Task } from '../../domain/task/task.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import { placeKey } from './replica.ts';
import type { Replica } from './replica.ts';
import type { Ports } from '../platform/ports.ts';
import { isSame } from './folderTable.ts';
import type { FolderPullState, FolderTable, AnsweredRows } from './folderTable.ts';

type Options = {
  account: string;
  api: TaskApi;
  replica: Replica;
  clock: Clock;
  ports: Pick<Ports, 'withLock' | 'pause'>;
  /** Resolves when no answer to a change of our own in this folder is on its way: else a new task would show twice. */
  createsSettled: (place: Place) => Promise<void>;
};

/** Brings a folder's copy up to date. @throws ApiError */
export type PullFolder = (place: Place, signal?: AbortSignal) => Promise<FolderPullState>;

/** Another tab saved first, which a lock should not let happen: some browsers have none. */
class MovedOn extends Error {}

/** Used by a round from nothing: whatever no page names is gone (docs/protocol.md#sync). */
type Walk = { named: Set<string> };

type Round = {
  at: Instant;
  walk: Walk | null;
  /** Rows that this round has to name, or they are gone: see StoredPlace. */
  ahead: ReadonlySet<string>;
  touched: AnsweredRows;
};

/**
 * Resumes from the cursor stored with the rows, also after an interruption; a rejected cursor starts over
 * (docs/architecture.md#a-rejected-cursor-starts-over). One tab pulls a folder at a time.
 */
export function createPullFolder({ account, api, replica, clock, ports, createsSettled }: Options): PullFolder {
  const { reader } = replica;
  /** A server that says it keeps no track is not asked again. */
  let hasDelta = api.can.delta;

  async function takePage(
    table: FolderTable,
    { at, walk, ahead, touched }: Round,
    page: DeltaBatch<Task>,
    isLast: boolean,
  ): Promise<void> {
    await createsSettled(table.place);
    const last = new Map<string, Task | null>();
    for (const entry of page.entries) {
      if (entry.kind === 'changed') last.set(entry.value.id, entry.value);
      else last.set(entry.id, null);
    }
    const puts: Task[] = [];
    const gone: string[] = [];
    for (const [id, task] of last) {
      if (task === null) gone.push(id);
      // In a walk over what is known, most rows are the same. Those of our own answers may not be on disk yet.
      else if (walk === null || touched.has(id) || table.unconfirmed.has(id) || !isKnown(table, task)) puts.push(task);
      if (task !== null) walk?.named.add(id);
      else walk?.named.delete(id);
    }
    const isFirstPull = table.stored?.isComplete !== true;
    if (walk !== null && isLast)
      for (const id of table.rows.keys()) if (!walk.named.has(id) && !touched.has(id)) gone.push(id);
    const settled = new Set(last.keys());
    if (isLast) {
      for (const id of ahead) {
        if (table.unconfirmed.has(id) && !settled.has(id) && !touched.has(id)) gone.push(id);
        settled.add(id);
      }
    }
    const place = {
      ...(isLast ? {} : { isMid: true }),
      // Half of a second walk over known rows is worth nothing: what is gone would stay.
      cursor: walk === null || isLast ? page.cursor || null : null,
      isComplete: !isFirstPull || isLast,
      at: isLast ? at : (table.stored?.at ?? at),
    };
    if (!(await reader.save(table, { puts, removed: gone, place, confirmed: settled }, touched))) throw new MovedOn();
    if (!isLast) await ports.pause();
  }

  async function delta(table: FolderTable, signal: AbortSignal | undefined): Promise<void> {
    const at = clock.now();
    const cursor = table.stored?.cursor ?? undefined;
    const walk = cursor === undefined && table.stored !== undefined ? { named: new Set<string>() } : null;
    const ahead = aheadOf(table);
    await reader.recordDuring(table, async (touched) => {
      const round = { at, walk, ahead, touched };
      // The last page is known as such when no other follows.
      let waiting: DeltaBatch<Task> | null = null;
      const end = await api.changes(table.place, {
        cursor,
        onPage: async (page) => {
          if (waiting !== null) await takePage(table, round, waiting, false);
          waiting = page;
          // The first page of all is shown while the others are on their way.
          if (table.stored === undefined) {
            await takePage(table, round, page, false);
            waiting = null;
          }
        },
        ...(signal === undefined ? {} : { signal }),
      });
      const page = waiting ?? { entries: [], cursor: end };
      await takePage(table, round, page, true);
    });
  }

  /** Where no changes are tracked, everything is read: absence means removed. */
  async function everything(table: FolderTable, signal: AbortSignal | undefined): Promise<void> {
    const at = clock.now();
    const walk = { named: new Set<string>() };
    const ahead = aheadOf(table);
    await reader.recordDuring(table, async (touched) => {
      const round = { at, walk, ahead, touched };
      let saving = Promise.resolve();
      const take = (rows: readonly Task[], isLast: boolean) => {
        const page = { entries: rows.map((value) => ({ kind: 'changed' as const, value })), cursor: '' };
        saving = saving.then(() => takePage(table, round, page, isLast));
        saving.catch(() => undefined);
      };
      await api.tasks(table.place, (rows) => take(rows, false), signal);
      take([], true);
      await saving;
    });
  }

  async function pull(table: FolderTable, signal: AbortSignal | undefined): Promise<void> {
    if (!hasDelta) return everything(table, signal);
    try {
      await delta(table, signal);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'refused' && error.status === undefined) {
        hasDelta = false;
        return everything(table, signal);
      }
      if (error.kind !== 'stale' || (table.stored?.cursor ?? null) === null || table.stored === undefined) throw error;
      await reader.save(
        table,
        { puts: [], removed: [], place: { ...table.stored, cursor: null, isComplete: true }, confirmed: new Set() },
        new Map(),
      );
      await delta(table, signal);
    }
  }

  return (place, signal) =>
    ports.withLock(`threefold:${account}:pull:${placeKey(place)}`, async () => {
      await replica.load(place);
      const table = reader.table(place);
      for (let left = 3; ; left -= 1) {
        await reader.catchUp(table);
        try {
          await pull(table, signal);
          return replica.state(place);
        } catch (error) {
          if (!(error instanceof MovedOn) || left === 0) throw error;
        }
      }
    });
}

/** The rest of a round that was begun before may have been cut off before these rows were made. */
const aheadOf = (table: FolderTable): ReadonlySet<string> =>
  new Set(table.stored?.isMid === true ? [] : table.unconfirmed);

function isKnown(table: FolderTable, task: Task): boolean {
  const known = table.rows.get(task.id);
  return known !== undefined && isSame(known, task);
}
