import { useEffect, useEffectEvent, useState } from 'react';
import { useAddAttachment } from '../../data/attachments.ts';
import { useFolders } from '../../data/folders.ts';
import { draftsOfFile } from '../../data/itemFiles.ts';
import { useZone } from '../../data/settings.ts';
import { forgetShare, readShare, type Share } from '../../data/shares.ts';
import { useCreateTask } from '../../data/tasks.ts';
import { addressOf } from '../../domain/place.ts';
import { taskOfShare, type ArrivedTask } from './arrivedTasks.ts';
import { isKnownFile, tasksOfFile } from './fileTasks.ts';

export type Arrived = {
  /** Of the task, or of the folder when it became several. */
  address: string;
  subjects: readonly string[];
  folderName: string;
};

export type ArrivalTrouble = 'nothing' | 'folders' | 'refused';

/** Pages that draw twice, or again, must not add twice. */
const underWay = new Set<string>();
/** How far a try came that the device did not let finish: the next one goes on there. */
const made = new Map<string, { taskIds: string[]; attached: Set<string> }>();

/**
 * Turns what waits under `id` into tasks of the default folder. It leaves its place on this device only once everything it
 * became is saved: what is broken off in between is there again the next time.
 */
export function useArrival(id: string | null, onArrived: (arrived: Arrived) => void) {
  const { folders, failure, retry: readFolders } = useFolders();
  const { zone } = useZone();
  const creating = useCreateTask();
  const attaching = useAddAttachment();
  const [trouble, setTrouble] = useState<ArrivalTrouble | null>(id === null ? 'nothing' : null);
  const home = folders.find((folder) => folder.isDefault);
  const folderId = home?.id;

  /** Resolves with what stands in the way; undefined when another turn is at it already. */
  async function take(arrivalId: string): Promise<Arrived | ArrivalTrouble | undefined> {
    if (home === undefined || underWay.has(arrivalId)) return undefined;
    underWay.add(arrivalId);
    try {
      const share = await readShare(arrivalId);
      const arrived = share === undefined ? [] : await tasksOf(share, zone);
      if (arrived.length === 0) return 'nothing';
      const { taskIds, attached } = made.get(arrivalId) ?? { taskIds: [], attached: new Set() };
      made.set(arrivalId, { taskIds, attached });
      for (const [at, { patch, files }] of arrived.entries()) {
        const taskId = (taskIds[at] ??= await creating.mutateAsync({ folderId: home.id, patch }));
        const task = { id: taskId, folderId: home.id, subject: patch.subject };
        for (const [index, file] of files.entries()) {
          const { drafts } = await draftsOfFile(file, zone);
          for (const [part, draft] of drafts.entries()) {
            const key = `${at} ${index} ${part}`;
            if (attached.has(key)) continue;
            await attaching.mutateAsync({ task, draft });
            attached.add(key);
          }
        }
      }
      await forgetShare(arrivalId);
      const folder = { mailbox: 'me', id: home.id };
      const [only = ''] = taskIds;
      return {
        address: arrived.length === 1 ? addressOf.task(folder, only) : addressOf.folder(folder),
        subjects: arrived.map(({ patch }) => patch.subject),
        folderName: home.name,
      };
    } catch {
      // The outbox has said why (`trouble()`); what was shared is where it was.
      return 'refused';
    } finally {
      underWay.delete(arrivalId);
    }
  }
  const show = (outcome: Arrived | ArrivalTrouble | undefined) => {
    if (typeof outcome === 'string') setTrouble(outcome);
    else if (outcome !== undefined) onArrived(outcome);
  };
  const begin = useEffectEvent((arrivalId: string) => void take(arrivalId).then(show));
  useEffect(() => {
    if (id !== null && folderId !== undefined) begin(id);
  }, [id, folderId]);

  const retry = () => {
    setTrouble(null);
    if (folderId === undefined) readFolders();
    else if (id !== null) void take(id).then(show);
  };
  const missesFolders = folderId === undefined && failure !== null;
  return { trouble: trouble ?? (missesFolders ? ('folders' as const) : null), retry };
}

/** Calendars, messages and contacts are tasks of their own; the words and all other files together are one. */
async function tasksOf(share: Share, zone: string): Promise<readonly ArrivedTask[]> {
  const known = await Promise.all(share.files.filter(isKnownFile).map((file) => tasksOfFile(file, zone)));
  const plain = share.files.filter((file) => !isKnownFile(file));
  const shared = taskOfShare(share, plain);
  return shared === undefined ? known.flat() : [shared, ...known.flat()];
}
