import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import type { TaskApi } from '../../api/taskApi.ts';
import type { Place } from '../../domain/task/task.ts';
import { useDeps } from '../dataProvider.tsx';

/** Only worth a look while the folder is read for the first time, so it is asked once. */
const totalOf = (api: TaskApi, folder: Place | undefined) =>
  queryOptions({
    queryKey: ['total', folder],
    queryFn: folder === undefined ? skipToken : ({ signal }) => api.count(folder, signal),
    staleTime: Infinity,
  });

/** How many tasks a folder has at the service, in one small request; null while that is not known. */
export function useFolderTaskCount(folder: Place | undefined): number | null {
  const { api } = useDeps();
  return useQuery(totalOf(api, folder)).data ?? null;
}
