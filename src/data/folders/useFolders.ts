import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { overlayFolders } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox, Place, TaskFolder } from '../../domain/task/task.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { useOutboxOps, useResolvedId } from '../outbox/usePendingChanges.ts';
import { folderQueries } from '../queries.ts';
import { useSharedFolder } from '../sharing/useSharing.ts';

export type Folders = {
  folders: readonly TaskFolder[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** Every folder with the changes not yet sent. */
export function useFolders(mailbox: Mailbox = 'me'): Folders {
  const query = useQuery(folderQueries.list(useSyncEngine().pull, mailbox));
  const ops = useOutboxOps();
  const folders = useMemo(
    () =>
      overlayFolders(
        query.data ?? [],
        ops.map((op) => op.change).filter((change) => change.mailbox === mailbox),
      ),
    [query.data, ops, mailbox],
  );
  return {
    folders,
    isPending: query.data === undefined && query.isPending,
    failure: queryFailure(query),
    retry: () => void query.refetch(),
  };
}

/** The known folders of any mailbox. */
export type NamedFolder = Pick<TaskFolder, 'id' | 'name' | 'isDefault'>;

/** One folder by its server or local id; of another mailbox where it is shared. */
export function useFolder(place: Place): NamedFolder | undefined {
  const id = useResolvedId(place.id);
  const own = useFolders().folders.find((folder) => folder.id === id);
  const shared = useSharedFolder({ ...place, id });
  if (place.mailbox === 'me') return own;
  return shared === undefined ? undefined : { ...shared.folder, isDefault: false };
}
