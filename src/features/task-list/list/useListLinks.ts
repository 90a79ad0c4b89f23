import { useLinkTo } from '../../../data/sharing/useLinkTo.ts';
import type { Place, Task } from '../../../domain/task/task.ts';
import { useLinkActions } from '../../../ui/browser/linkActions.ts';

/** Links to the list's folder and to its tasks. `folder` is undefined in a smart view. */
export function useListLinks(folder: Place | undefined, target: Place | undefined) {
  const linkTo = useLinkTo();
  const { copy, share } = useLinkActions();
  const folderLink = folder === undefined ? null : linkTo(folder);
  return {
    folderLink,
    copyFolderLink: () => copy(folderLink),
    shareFolderLink: share === undefined ? undefined : (name: string) => share(name, folderLink),
    copyTaskLink: (task: Task) => copy(linkTo({ mailbox: target?.mailbox ?? 'me', id: task.folderId }, task.id)),
  };
}
