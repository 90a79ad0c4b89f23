import { isLocalId } from '../../domain/changes/change.ts';
import type { Ports } from '../platform/ports.ts';
import { createPlaceLists } from '../replica/placeLists.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import { createReplica } from '../replica/replica.ts';
import type { Replica } from '../replica/replica.ts';
import type { ReplicaErrors } from '../storage/replicaErrors.ts';
import type { FirstPaintContent } from '../views/firstPaint.ts';

type Input = {
  account: string;
  ports: Pick<Ports, 'channel' | 'pause'>;
  errors: ReplicaErrors;
  firstPaint: FirstPaintContent;
};

/** Everything the server last said, on this device: rows of folders, and the lists of groups and folders. */
export type EngineReplica = {
  replica: Replica;
  lists: PlaceLists;
  /** Loads every folder of the own mailbox from this device. */
  loadAll: (stopped: AbortSignal) => Promise<void>;
  /** Folders deleted elsewhere: their tasks are removed from this device, the counts and the smart views. */
  dropDeletedFolders: () => Promise<void>;
  close: () => void;
};

export function createEngineReplica({ account, ports, errors, firstPaint }: Input): EngineReplica {
  const { store } = errors;
  const onStorageError = ({ kind }: { kind: Parameters<typeof errors.report>[0] }) => errors.report(kind);
  const channelName = `threefold:${account}:copy`;
  const replica = createReplica({ store, channel: ports.channel(channelName), ports, onStorageError });
  const listChannel = ports.channel(`${channelName}:lists`);
  const lists = createPlaceLists({ store, channel: listChannel, initial: firstPaint, onStorageError });
  errors.keepUntil(replica.isPersisted);
  if (firstPaint.screen !== undefined) replica.preview(firstPaint.screen.rows, firstPaint.screen.mailbox);
  const ownIds = () => (lists.folders('me') ?? []).map(({ id }) => id);

  return {
    replica,
    lists,
    async loadAll(stopped) {
      for (const id of ownIds()) {
        if (stopped.aborted) return;
        await replica.load({ mailbox: 'me', id });
        await ports.pause();
      }
    },
    async dropDeletedFolders() {
      const there = new Set(ownIds());
      const gone = (await replica.known('me')).filter((id) => !there.has(id) && !isLocalId(id));
      for (const id of gone) await replica.drop({ mailbox: 'me', id });
    },
    close() {
      replica.close();
      lists.close();
    },
  };
}
