import { ApiError } from '../../api/apiError.ts';
import type { DeltaBatch } from '../../api/deltaReader.ts';
import type { TaskApi } from '../../api/taskApi.ts';
import type { Place, Task } from '../../domain/task/task.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { Ports } from '../platform/ports.ts';
import { placeKey, recordDuring } from './folderTable.ts';
import type { FolderPullState, FolderTable } from './folderTable.ts';
import { stepOfPage } from './pulledPage.ts';
import type { PullRound } from './pulledPage.ts';
import type { Replica } from './replica.ts';

export type PullApi = Pick<TaskApi, 'changes' | 'tasks'> & { can: Pick<TaskApi['can'], 'delta'> };

type Options = {
  account: string;
  api: PullApi;
  replica: Replica;
  clock: Clock;
  ports: Pick<Ports, 'withLock' | 'pause'>;
  /** Resolves when no create of our own is in flight in this folder: else a new task would show twice. */
  createsSettled: (place: Place) => Promise<void>;
};

/** Brings the replica of a folder up to date. @throws ApiError */
export type PullFolder = (place: Place, signal?: AbortSignal) => Promise<FolderPullState>;

/** Another tab saved first: possible in browsers without Web Locks. */
class CursorMoved extends Error {}

/**
 * Resumes from the cursor stored with the rows, also after an interruption; a rejected cursor starts over
 * (docs/architecture.md#a-rejected-cursor-starts-over). One tab pulls a folder at a time.
 */
export function createPullFolder({ account, api, replica, clock, ports, createsSettled }: Options): PullFolder {
  const { reader } = replica;
  /** False once the server has said that it does not track changes. */
  let hasDelta = api.can.delta;

  async function applyPage(table: FolderTable, round: PullRound, page: DeltaBatch<Task>, isLast: boolean) {
    await createsSettled(table.place);
    if (!(await reader.save(table, stepOfPage(table, round, page, isLast), round.answered))) throw new CursorMoved();
    if (!isLast) await ports.pause();
  }

  function inRound(table: FolderTable, listed: Set<string> | null, work: (round: PullRound) => Promise<void>) {
    const [at, unconfirmed] = [clock.now(), unconfirmedBefore(table)];
    return recordDuring(table, (answered) => work({ at, listed, unconfirmed, answered }));
  }

  function pullDelta(table: FolderTable, signal: AbortSignal | undefined): Promise<void> {
    const cursor = table.stored?.cursor ?? undefined;
    const listed = cursor === undefined && table.stored !== undefined ? new Set<string>() : null;
    return inRound(table, listed, async (round) => {
      // A page is known to be the last when no other follows.
      let held: DeltaBatch<Task> | null = null;
      const end = await api.changes(table.place, {
        cursor,
        onPage: async (page) => {
          if (held !== null) await applyPage(table, round, held, false);
          held = page;
          // The very first page is shown before the others arrive.
          if (table.stored === undefined) {
            await applyPage(table, round, page, false);
            held = null;
          }
        },
        ...(signal === undefined ? {} : { signal }),
      });
      await applyPage(table, round, held ?? { entries: [], cursor: end }, true);
    });
  }

  /** For servers without change tracking: a row that is absent was deleted. */
  function pullAll(table: FolderTable, signal: AbortSignal | undefined): Promise<void> {
    return inRound(table, new Set(), async (round) => {
      let saving = Promise.resolve();
      const save = (rows: readonly Task[], isLast: boolean) => {
        const page = { entries: rows.map((value) => ({ kind: 'changed' as const, value })), cursor: '' };
        saving = saving.then(() => applyPage(table, round, page, isLast));
        // Awaited below; until then its failure is not unhandled.
        saving.catch(() => undefined);
      };
      try {
        await api.tasks(table.place, (rows) => save(rows, false), signal);
      } catch (error) {
        // The next pull must not begin, and be overwritten, while older rows are being saved.
        await saving.catch(() => undefined);
        throw error;
      }
      save([], true);
      await saving;
    });
  }

  async function pull(table: FolderTable, signal: AbortSignal | undefined): Promise<void> {
    if (!hasDelta) return pullAll(table, signal);
    try {
      await pullDelta(table, signal);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'refused' && error.status === undefined) {
        hasDelta = false;
        return pullAll(table, signal);
      }
      if (error.kind !== 'stale' || (table.stored?.cursor ?? null) === null || table.stored === undefined) throw error;
      const place = { ...table.stored, cursor: null, isComplete: true };
      await reader.save(table, { puts: [], removed: [], place, confirmed: new Set() }, new Map());
      await pullDelta(table, signal);
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
          if (!(error instanceof CursorMoved) || left === 0) throw error;
        }
      }
    });
}

/** The rest of an interrupted round may have been computed before these rows were created: it confirms none. */
const unconfirmedBefore = (table: FolderTable): ReadonlySet<string> =>
  new Set(table.stored?.isMid === true ? [] : table.unconfirmed);
