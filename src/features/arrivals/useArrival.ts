import { useEffect, useEffectEvent, useState } from 'react';
import { draftsOfFile } from '../../data/itemFiles.ts';
import { useZone } from '../../data/settings.ts';
import { forgetShare, keepShare, readShare, useAddShare, type Share, type SharedTask } from '../../data/shares.ts';
import { taskOfShare, type ArrivedTask } from './arrivedTasks.ts';
import { isKnownFile, tasksOfFile } from './fileTasks.ts';

/** What waits under an id, and what it would become. */
export type Arrival =
  | { kind: 'reading' }
  /** It never came here, or was answered already. */
  | { kind: 'nothing' }
  /** This device does not let it be read, or kept as a task. It waits where it is. */
  | { kind: 'refused' }
  /** To be asked about; `to` is the folder that was chosen before something broke off. */
  | { kind: 'here'; tasks: readonly ArrivedTask[]; to: string | undefined; isAdding: boolean };

type Here = { share: Share; tasks: readonly ArrivedTask[] };

/**
 * What was shared, opened with the app, or posted by any website: nothing of it becomes a task before somebody says so, and
 * all of it waits on this device until then. Give the page `key={id}`.
 */
export function useArrival(id: string | null) {
  const { zone } = useZone();
  const addShare = useAddShare();
  const [here, setHere] = useState<Here>();
  const [state, setState] = useState<'reading' | 'nothing' | 'refused' | 'here' | 'adding'>('reading');

  async function look(shareId: string): Promise<Here | 'nothing' | 'refused'> {
    try {
      const share = await readShare(shareId);
      const tasks = share === undefined ? [] : await tasksOf(share, zone);
      return share === undefined || tasks.length === 0 ? 'nothing' : { share, tasks };
    } catch {
      // The page says so, with the way to try again.
      return 'refused';
    }
  }
  function show(found: Here | 'nothing' | 'refused') {
    if (typeof found !== 'string') setHere(found);
    setState(typeof found === 'string' ? found : 'here');
  }
  const begin = useEffectEvent((shareId: string) => void look(shareId).then(show));
  useEffect(() => {
    if (id !== null) begin(id);
  }, [id]);

  const arrival: Arrival =
    id === null || state === 'nothing'
      ? { kind: 'nothing' }
      : state === 'reading' || state === 'refused' || here === undefined
        ? { kind: state === 'refused' ? 'refused' : 'reading' }
        : { kind: 'here', tasks: here.tasks, to: here.share.to, isAdding: state === 'adding' };

  return {
    arrival,
    retry: () => {
      setState('reading');
      if (id !== null) void look(id).then(show);
    },
    /** Resolves with the ids of the tasks; undefined when the device refused. */
    add: async (folderId: string): Promise<readonly string[] | undefined> => {
      if (here === undefined) return undefined;
      setState('adding');
      try {
        return await addShare(here.share, folderId, await withDrafts(here.tasks, zone));
      } catch {
        // The outbox has said why (`trouble()`); what was shared is where it was.
        setState('refused');
        return undefined;
      }
    },
    /** Resolves with what brings it back; undefined when the device refused, and then it is still there. */
    discard: async (): Promise<(() => Promise<void>) | undefined> => {
      if (here === undefined) return undefined;
      try {
        await forgetShare(here.share.id);
        return () => keepShare(here.share);
      } catch {
        setState('refused');
        return undefined;
      }
    },
  };
}

/** Calendars, messages and contacts are tasks of their own; the words and all other files together are one. */
async function tasksOf(share: Share, zone: string): Promise<readonly ArrivedTask[]> {
  const known = await Promise.all(share.files.filter(isKnownFile).map((file) => tasksOfFile(file, zone)));
  const plain = share.files.filter((file) => !isKnownFile(file));
  const shared = taskOfShare(share, plain);
  return shared === undefined ? known.flat() : [shared, ...known.flat()];
}

function withDrafts(tasks: readonly ArrivedTask[], zone: string): Promise<readonly SharedTask[]> {
  return Promise.all(
    tasks.map(async ({ patch, files }) => {
      const drafts = await Promise.all(files.map((file) => draftsOfFile(file, zone)));
      return { patch, drafts: drafts.flatMap((one) => one.drafts) };
    }),
  );
}
