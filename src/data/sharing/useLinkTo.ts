import { isLocalId } from '../../domain/changes/change.ts';
import { appUrls, withOwnerMailbox } from '../../domain/urls/appUrls.ts';
import type { Place } from '../../domain/task/task.ts';
import { useDeps } from '../dataProvider.tsx';

/**
 * The link to a folder or a task that anybody can use: the long form, which names the mailbox
 * (docs/architecture.md#places-and-keys). Null while the service does not know the place yet.
 */
export function useLinkTo(): (folder: Place, taskId?: string) => string | null {
  const { session, outbox } = useDeps();
  return (folder, taskId) => {
    const place = withOwnerMailbox({ ...folder, id: outbox.resolve(folder.id) }, session.account.address);
    const task = taskId === undefined ? undefined : outbox.resolve(taskId);
    if (isLocalId(place.id) || (task !== undefined && isLocalId(task))) return null;
    const address = task === undefined ? appUrls.folder(place) : appUrls.task(place, task);
    return new URL(address, location.origin).href;
  };
}
