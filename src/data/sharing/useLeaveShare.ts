import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SharedFolder } from '../../domain/task/folderSharing.ts';
import { useDeps } from '../dataProvider.tsx';
import { apiOf, sharingQueries, useLists } from './useSharing.ts';

/** Gives a shared folder back: it leaves this account everywhere. */
export function useLeaveShare() {
  const deps = useDeps();
  const client = useQueryClient();
  const { queryKey } = sharingQueries.withMe(useLists());
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ folder }: SharedFolder) => apiOf(deps)?.leave(folder.id),
    onSuccess: (_, left) =>
      client.setQueryData(queryKey, (folders) => folders?.filter(({ folder }) => folder.id !== left.folder.id)),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
