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
import { useCalendarFileReader, type CalendarTasks } from '../../data/sharing/useCalendarFileReader.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { errorCauseOf, type ErrorCause } from '../../data/errorCause.ts';
import { taskFromShare, type SharedTaskDraft } from './tasksFromShare.ts';
import { isTaskFile, tasksFromFile } from './tasksFromFile.ts';

/** The stored share of an id, and the tasks it would become. */
export type SharedContentState =
  | { kind: 'reading' }
  /** It was never stored here, or is added or discarded already. */
  | { kind: 'nothing' }
  /** Reading or adding it failed; it stays stored. */
  | { kind: 'failed'; cause: ErrorCause }
  /** Ready to confirm; `to` is the folder of an interrupted addition. */
  | { kind: 'ready'; tasks: readonly SharedTaskDraft[]; to: string | undefined; isAdding: boolean };

type LoadedShare = { share: StoredShare; tasks: readonly SharedTaskDraft[] };

/**
 * Content that was shared, opened with the app, or posted by a website. It stays stored on this device until it is added or
 * discarded. Give the page `key={id}`.
 */
export function useSharedContent(id: string | null) {
  const { zone } = useTimeZone();
  const addShare = useAddShare();
  const readCalendar = useCalendarFileReader(useDateLocale());
  const [loaded, setLoaded] = useState<LoadedShare>();
  const [state, setState] = useState<'reading' | 'nothing' | 'ready' | 'adding' | ErrorCause>('reading');

  async function load(shareId: string): Promise<LoadedShare | 'nothing' | ErrorCause> {
    try {
      const share = await readShare(shareId);
      const tasks = share === undefined ? [] : await tasksOf(share, readCalendar);
      return share === undefined || tasks.length === 0 ? 'nothing' : { share, tasks };
    } catch (error) {
      // The page shows the error, with a button to retry.
      return errorCauseOf(error);
    }
  }
  function show(found: LoadedShare | 'nothing' | ErrorCause) {
    const isLoaded = typeof found !== 'string' && 'share' in found;
    if (isLoaded) setLoaded(found);
    setState(isLoaded ? 'ready' : found);
  }
  const begin = useEffectEvent((shareId: string) => void load(shareId).then(show));
  useEffect(() => {
    if (id !== null) begin(id);
  }, [id]);

  function contentState(): SharedContentState {
    if (id === null || state === 'nothing') return { kind: 'nothing' };
    if (typeof state !== 'string') return { kind: 'failed', cause: state };
    if (state === 'reading' || loaded === undefined) return { kind: 'reading' };
    return { kind: 'ready', tasks: loaded.tasks, to: loaded.share.to, isAdding: state === 'adding' };
  }

  return {
    content: contentState(),
    retry: () => {
      setState('reading');
      if (id !== null) void load(id).then(show);
    },
    /** Resolves with the ids of the new tasks; undefined when adding failed. */
    add: async (folderId: string): Promise<readonly string[] | undefined> => {
      if (loaded === undefined) return undefined;
      setState('adding');
      try {
        return await addShare(loaded.share, folderId, await withDrafts(loaded.tasks, zone));
      } catch (error) {
        // The share stays stored.
        setState(errorCauseOf(error));
        return undefined;
      }
    },
    /** Resolves with the undo; undefined when discarding failed, and then the share stays stored. */
    discard: async (): Promise<(() => Promise<void>) | undefined> => {
      if (loaded === undefined) return undefined;
      try {
        await deleteShare(loaded.share.id);
        return () => saveShare(loaded.share);
      } catch (error) {
        setState(errorCauseOf(error));
        return undefined;
      }
    },
  };
}

/** Calendars, messages and contacts become tasks of their own; the text and all other files become one. */
async function tasksOf(
  share: StoredShare,
  readCalendar: (file: Blob) => Promise<CalendarTasks>,
): Promise<readonly SharedTaskDraft[]> {
  const fromFiles = await Promise.all(share.files.filter(isTaskFile).map((file) => tasksFromFile(file, readCalendar)));
  const plain = share.files.filter((file) => !isTaskFile(file));
  const shared = taskFromShare(share, plain);
  return shared === undefined ? fromFiles.flat() : [shared, ...fromFiles.flat()];
}

function withDrafts(tasks: readonly SharedTaskDraft[], zone: string): Promise<readonly SharedTaskInput[]> {
  return Promise.all(
    tasks.map(async ({ patch, files }) => {
      const drafts = await Promise.all(files.map((file) => attachmentInputsOfFile(file, zone)));
      return { patch, drafts: drafts.flatMap((one) => one.drafts) };
    }),
  );
}
