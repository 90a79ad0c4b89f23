import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import type { TaskApi } from '../../api/taskApi.ts';
import type { Place } from '../../domain/task/task.ts';
import { useDeps } from '../dataProvider.tsx';

/** Used only during a folder's first pull, so it is read once. */
const totalOf = (api: TaskApi, folder: Place | undefined) =>
  queryOptions({
    queryKey: ['total', folder],
    queryFn: folder === undefined ? skipToken : ({ signal }) => api.count(folder, signal),
    staleTime: Infinity,
  });

/** A folder's number of tasks on the service, from one small request; null until known. */
export function useFolderTaskCount(folder: Place | undefined): number | null {
  const { api } = useDeps();
  return useQuery(totalOf(api, folder)).data ?? null;
}
