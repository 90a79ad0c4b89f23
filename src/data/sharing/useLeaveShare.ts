import { useMutation } from '@tanstack/react-query';
import type { SharedFolder } from '../../domain/task/folderSharing.ts';
import { useDeps } from '../dataProvider.tsx';
import { sharingApiOf, sharingQueries, useSharedLists } from './useSharing.ts';

/** Leaves a shared folder: it is removed from this account everywhere. */
export function useLeaveShare() {
  const deps = useDeps();
  const { queryKey } = sharingQueries.withMe(useSharedLists());
  return useMutation({
    mutationFn: async ({ folder }: SharedFolder) => sharingApiOf(deps)?.leave(folder.id),
    meta: { invalidates: [queryKey] },
  });
}
