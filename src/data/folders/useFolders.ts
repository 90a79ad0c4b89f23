import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox, Place, TaskFolder } from '../../domain/task/task.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { useResolvedId } from '../outbox/usePendingChanges.ts';
import { folderQueries } from '../queries.ts';
import { useSharedFolder, useSharedWithMe } from '../sharing/useSharing.ts';

export type Folders = {
  folders: readonly TaskFolder[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** Every folder with the changes not yet sent. */
export function useFolders(mailbox: Mailbox = 'me'): Folders {
  const { data, refetch } = useQuery(folderQueries.list(useSyncEngine(), mailbox));
  return { folders: data.items, isPending: data.isPending, failure: data.failure, retry: () => void refetch() };
}

/** The known folders of any mailbox. */
export type NamedFolder = Pick<TaskFolder, 'id' | 'name' | 'isDefault'>;

/** The names of all known folders, also of shared ones, by id. */
export function useFolderNames(): ReadonlyMap<string, string> {
  const own = useFolders().folders;
  const shared = useSharedWithMe().folders;
  return useMemo(
    () => new Map([...shared.map(({ folder }) => folder), ...own].map(({ id, name }) => [id, name])),
    [own, shared],
  );
}

/** One folder by its server or local id; of another mailbox where it is shared. */
export function useFolder(place: Place): NamedFolder | undefined {
  const id = useResolvedId(place.id);
  const own = useFolders().folders.find((folder) => folder.id === id);
  const shared = useSharedFolder({ ...place, id });
  if (place.mailbox === 'me') return own;
  return shared === undefined ? undefined : { ...shared.folder, isDefault: false };
}
