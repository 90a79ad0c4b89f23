import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SharedFolder } from '../../domain/task/folderSharing.ts';
import { useDeps } from '../dataProvider.tsx';
import { sharingApiOf, sharingQueries, useSharedLists } from './useSharing.ts';

/** Leaves a shared folder: it is removed from this account everywhere. */
export function useLeaveShare() {
  const deps = useDeps();
  const client = useQueryClient();
  const { queryKey } = sharingQueries.withMe(useSharedLists());
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ folder }: SharedFolder) => sharingApiOf(deps)?.leave(folder.id),
    onSuccess: (_, left) =>
      client.setQueryData(queryKey, (folders) => folders?.filter(({ folder }) => folder.id !== left.folder.id)),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
