import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { localPrefix } from '../domain/change.ts';
import { overlayFolders } from '../domain/change.ts';
import type { FailureKind } from '../domain/errors.ts';
import { defaultGroupKey } from '../domain/task.ts';
import type { Place, TaskFolder } from '../domain/task.ts';
import { useDeps, useEngine } from './deps.tsx';
import { failureIn } from './failure.ts';
import { useOps, useResolvedId } from './pending.ts';
import { folderQueries } from './queries.ts';

type Mailbox = Place['mailbox'];

export type Folders = {
  folders: readonly TaskFolder[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** Every folder with the changes not yet sent. */
export function useFolders(mailbox: Mailbox = 'me'): Folders {
  const query = useQuery(folderQueries.list(useEngine().pull, mailbox));
  const ops = useOps();
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
    failure: failureIn(query),
    retry: () => void query.refetch(),
  };
}

/** One folder, by its server id or by the local id it was made with. */
export function useFolder(place: Place): TaskFolder | undefined {
  const id = useResolvedId(place.id);
  return useFolders(place.mailbox).folders.find((folder) => folder.id === id);
}

/** Into the default group unless another is named. Resolves with the new folder's local id once saved on this device. */
export function useCreateFolder(mailbox: Mailbox = 'me') {
  const { outbox } = useDeps();
  const engine = useEngine();
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ name, groupKey = defaultGroupKey }: { name: string; groupKey?: string }) => {
      const id = localPrefix + engine.ports.newId();
      const groupId = engine.groupByKey(mailbox, groupKey)?.id ?? null;
      await outbox.add({ kind: 'createFolder', mailbox, id, groupId, groupKey, name });
      return id;
    },
  });
}

/** Resolves with the change's id. */
export function useRenameFolder(mailbox: Mailbox = 'me') {
  const { outbox } = useDeps();
  const engine = useEngine();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      outbox.add({ kind: 'renameFolder', mailbox, id, name, was: engine.folder(mailbox, id)?.name ?? '' }),
  });
}

/** With its tasks. Resolves with the change's id. */
export function useDeleteFolder(mailbox: Mailbox = 'me') {
  const { outbox } = useDeps();
  const engine = useEngine();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ id }: { id: string }) =>
      outbox.add({ kind: 'deleteFolder', mailbox, id, name: engine.folder(mailbox, id)?.name ?? '' }),
  });
}
