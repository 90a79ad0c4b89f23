import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import type { SharingApi } from '../../api/extras/sharingApi.ts';
import type { TaskAuthors } from '../../domain/task/folderSharing.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import { useDeps } from '../dataProvider.tsx';
import { sharingApiOf, sharingQueries, useSharedByMe } from './useSharing.ts';

/** `changeKey` names the state of the task: another state may have other authors. */
const authorsQuery = (api: SharingApi | null, { mailbox, id }: Place, changeKey: string) =>
  queryOptions({
    queryKey: [...sharingQueries.all, 'authors', mailbox, id, changeKey] as const,
    queryFn: api === null ? skipToken : () => api.authors({ mailbox, id }),
    gcTime: 60_000,
  });

/** Who created a task and who changed it last; read only where others can. */
export function useAuthors(mailbox: Mailbox, task: Task): TaskAuthors | undefined {
  const isOut = useSharedByMe().has(task.folderId);
  const api = sharingApiOf(useDeps());
  const isAsked = mailbox === 'me' ? isOut : true;
  return useQuery({
    ...authorsQuery(api, { mailbox, id: task.id }, task.changeKey),
    enabled: isAsked && task.changeKey !== '',
  }).data;
}
