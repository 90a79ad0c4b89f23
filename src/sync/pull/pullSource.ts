import { ApiError } from '../../api/apiError.ts';
import type { TaskApi } from '../../api/taskApi.ts';
import type { Mailbox, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import type { PullFolder } from '../replica/pullFolder.ts';
import type { Replica } from '../replica/replica.ts';
import { updateFolders, updateGroups } from '../storage/placeUpdates.ts';
import type { ConcurrentAnswers } from './concurrentAnswers.ts';
import type { PullSource } from './pullLedger.ts';

type Input = {
  api: TaskApi;
  concurrentAnswers: ConcurrentAnswers;
  clock: Pick<Clock, 'now'>;
  replica: Pick<Replica, 'drop' | 'state'>;
  lists: PlaceLists;
  pullFolder: PullFolder;
  /** Resolves when no create is in flight: its row would show twice. */
  placesSettled: (mailbox: Mailbox) => Promise<void>;
};

/**
 * Reads what changed, applies answers received meanwhile, and stores the result. An unchanged list or folder costs one
 * small request where the server tracks changes.
 */
export function createPullSource(input: Input): PullSource {
  const { api, concurrentAnswers, clock, replica, lists, pullFolder, placesSettled } = input;
  let hasDelta = api.can.delta;

  /** Whether a mailbox's folders differ from `cursor`, and the next cursor. */
  async function folderNews(mailbox: Mailbox, cursor: string | null, isKnown: boolean, signal: AbortSignal) {
    // A new device reads the list at once, and the feed at its next pull.
    if (!hasDelta || !isKnown) return { isNews: true, cursor: null };
    let isNews = cursor === null;
    const read = (from: string | undefined) =>
      api.folderChanges(mailbox, {
        cursor: from,
        signal,
        onPage: ({ entries }) => {
          isNews ||= entries.length > 0;
        },
      });
    try {
      return { cursor: await read(cursor ?? undefined), isNews };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'stale') return { cursor: await read(undefined), isNews: true };
      if (error.kind !== 'refused' || error.status !== undefined) throw error;
      hasDelta = false;
      return { isNews: true, cursor: null };
    }
  }

  function pullGroups(mailbox: Mailbox, signal: AbortSignal): Promise<void> {
    return concurrentAnswers.recordDuring(async (since) => {
      const pulled = await api.groups(mailbox, signal);
      await placesSettled(mailbox);
      signal.throwIfAborted();
      const groups = since().reduce<readonly TaskGroup[]>(updateGroups, pulled);
      await lists.save('groups', mailbox, { items: groups, cursor: null, at: clock.now() });
    });
  }

  function pullFolders(mailbox: Mailbox, signal: AbortSignal): Promise<void> {
    return concurrentAnswers.recordDuring(async (since) => {
      const at = clock.now();
      const known = lists.folders(mailbox);
      const { isNews, cursor } = await folderNews(
        mailbox,
        known === undefined ? null : lists.cursorOf(mailbox),
        known !== undefined,
        signal,
      );
      // The feed is in order of change; the list has the server's order and is short.
      const isRead = isNews || lists.folders(mailbox) === undefined;
      const pulled = isRead ? await api.folders(mailbox, signal) : null;
      await placesSettled(mailbox);
      signal.throwIfAborted();
      const folders =
        pulled === null ? (lists.folders(mailbox) ?? []) : since().reduce<readonly TaskFolder[]>(updateFolders, pulled);
      await lists.save('folders', mailbox, { items: folders, cursor, at });
    });
  }

  return {
    extentOf(target) {
      if (target.kind !== 'tasks') return lists[target.kind](target.mailbox) === undefined ? 'none' : 'whole';
      const { kind } = replica.state(target);
      return kind === 'loading' ? 'none' : kind;
    },
    async drop(target) {
      if (target.kind === 'tasks') await replica.drop({ mailbox: target.mailbox, id: target.id });
    },
    async pull(target, signal) {
      if (target.kind === 'tasks') await pullFolder({ mailbox: target.mailbox, id: target.id }, signal);
      else if (target.kind === 'groups') await pullGroups(target.mailbox, signal);
      else await pullFolders(target.mailbox, signal);
    },
  };
}
