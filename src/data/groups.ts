import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { localPrefix } from '../domain/change.ts';
import { overlayGroups } from '../domain/change.ts';
import type { FailureKind } from '../domain/errors.ts';
import type { Place, TaskGroup } from '../domain/task.ts';
import { useDeps, useEngine } from './deps.tsx';
import { useOps } from './pending.ts';
import { groupQueries } from './queries.ts';
import { failureIn } from './failure.ts';

type Mailbox = Place['mailbox'];

export type Groups = {
  groups: readonly TaskGroup[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** Every group with the changes not yet sent; the default group first. */
export function useGroups(mailbox: Mailbox = 'me'): Groups {
  const query = useQuery(groupQueries.list(useEngine().pull, mailbox));
  const ops = useOps();
  const groups = useMemo(
    () =>
      overlayGroups(
        query.data ?? [],
        ops.map((op) => op.change).filter((change) => change.mailbox === mailbox),
      ),
    [query.data, ops, mailbox],
  );
  return {
    groups,
    isPending: query.data === undefined && query.isPending,
    failure: failureIn(query),
    retry: () => void query.refetch(),
  };
}

/** Resolves with the new group's local id once the change is saved on this device. */
export function useCreateGroup(mailbox: Mailbox = 'me') {
  const { outbox } = useDeps();
  const { ports } = useEngine();
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ name }: { name: string }) => {
      const id = localPrefix + ports.newId();
      await outbox.add({ kind: 'createGroup', mailbox, id, groupKey: localPrefix + ports.newId(), name });
      return id;
    },
  });
}

/** Resolves with the change's id. */
export function useRenameGroup(mailbox: Mailbox = 'me') {
  const { outbox } = useDeps();
  const engine = useEngine();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      outbox.add({ kind: 'renameGroup', mailbox, id, name, was: engine.group(mailbox, id)?.name ?? '' }),
  });
}

/** Its folders move to the default group (wire.md §19, 9). Resolves with the change's id. */
export function useDeleteGroup(mailbox: Mailbox = 'me') {
  const { outbox } = useDeps();
  const engine = useEngine();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ id }: { id: string }) => {
      const group = engine.group(mailbox, id);
      return outbox.add({ kind: 'deleteGroup', mailbox, id, name: group?.name ?? '', groupKey: group?.groupKey ?? '' });
    },
  });
}
