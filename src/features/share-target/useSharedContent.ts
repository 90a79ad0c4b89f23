import { useEffect, useEffectEvent, useState } from 'react';
import { attachmentInputsOfFile } from '../../data/attachments/itemFileDrafts.ts';
import { useTimeZone } from '../../data/account/useTimeZone.ts';
import {
  deleteShare,
  saveShare,
  readShare,
  useAddShare,
  type StoredShare,
  type SharedTaskInput,
} from '../../data/sharing/useShareTarget.ts';
import { errorCauseOf, type ErrorCause } from '../../data/errorCause.ts';
import { taskFromShare, type SharedTaskDraft } from './tasksFromShare.ts';
import { isTaskFile, tasksFromFile } from './tasksFromFile.ts';

/** What waits under an id, and what it would become. */
export type SharedContentState =
  | { kind: 'reading' }
  /** It never came here, or was answered already. */
  | { kind: 'nothing' }
  /** It could not be read, or not be kept as a task. It waits where it is. */
  | { kind: 'refused'; trouble: ErrorCause }
  /** To be asked about; `to` is the folder that was chosen before something broke off. */
  | { kind: 'here'; tasks: readonly SharedTaskDraft[]; to: string | undefined; isAdding: boolean };

type Here = { share: StoredShare; tasks: readonly SharedTaskDraft[] };

/**
 * What was shared, opened with the app, or posted by any website: nothing of it becomes a task before somebody says so, and
 * all of it waits on this device until then. Give the page `key={id}`.
 */
export function useSharedContent(id: string | null) {
  const { zone } = useTimeZone();
  const addShare = useAddShare();
  const [here, setHere] = useState<Here>();
  const [state, setState] = useState<'reading' | 'nothing' | 'here' | 'adding' | ErrorCause>('reading');

  async function look(shareId: string): Promise<Here | 'nothing' | ErrorCause> {
    try {
      const share = await readShare(shareId);
      const tasks = share === undefined ? [] : await tasksOf(share, zone);
      return share === undefined || tasks.length === 0 ? 'nothing' : { share, tasks };
    } catch (error) {
      // The page says so, with the way to try again.
      return errorCauseOf(error);
    }
  }
  function show(found: Here | 'nothing' | ErrorCause) {
    const isHere = typeof found !== 'string' && 'share' in found;
    if (isHere) setHere(found);
    setState(isHere ? 'here' : found);
  }
  const begin = useEffectEvent((shareId: string) => void look(shareId).then(show));
  useEffect(() => {
    if (id !== null) begin(id);
  }, [id]);

  function arrivalNow(): SharedContentState {
    if (id === null || state === 'nothing') return { kind: 'nothing' };
    if (typeof state !== 'string') return { kind: 'refused', trouble: state };
    if (state === 'reading' || here === undefined) return { kind: 'reading' };
    return { kind: 'here', tasks: here.tasks, to: here.share.to, isAdding: state === 'adding' };
  }

  return {
    arrival: arrivalNow(),
    retry: () => {
      setState('reading');
      if (id !== null) void look(id).then(show);
    },
    /** Resolves with the ids of the tasks; undefined when something stands in the way. */
    add: async (folderId: string): Promise<readonly string[] | undefined> => {
      if (here === undefined) return undefined;
      setState('adding');
      try {
        return await addShare(here.share, folderId, await withDrafts(here.tasks, zone));
      } catch (error) {
        // What was shared is where it was.
        setState(errorCauseOf(error));
        return undefined;
      }
    },
    /** Resolves with what brings it back; undefined when something stands in the way, and then it is still there. */
    discard: async (): Promise<(() => Promise<void>) | undefined> => {
      if (here === undefined) return undefined;
      try {
        await deleteShare(here.share.id);
        return () => saveShare(here.share);
      } catch (error) {
        setState(errorCauseOf(error));
        return undefined;
      }
    },
  };
}

/** Calendars, messages and contacts are tasks of their own; the words and all other files together are one. */
async function tasksOf(share: StoredShare, zone: string): Promise<readonly SharedTaskDraft[]> {
  const known = await Promise.all(share.files.filter(isTaskFile).map((file) => tasksFromFile(file, zone)));
  const plain = share.files.filter((file) => !isTaskFile(file));
  const shared = taskFromShare(share, plain);
  return shared === undefined ? known.flat() : [shared, ...known.flat()];
}

function withDrafts(tasks: readonly SharedTaskDraft[], zone: string): Promise<readonly SharedTaskInput[]> {
  return Promise.all(
    tasks.map(async ({ patch, files }) => {
      const drafts = await Promise.all(files.map((file) => attachmentInputsOfFile(file, zone)));
      return { patch, drafts: drafts.flatMap((one) => one.drafts) };
    }),
  );
}
