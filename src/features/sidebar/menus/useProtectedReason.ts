import { useLingui } from '@lingui/react/macro';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import type { OwnFolderRef } from './folderRef.ts';

/** The reason why a default group or folder is neither renamed nor deleted. */
export function useProtectedReason(): (place: OwnFolderRef) => string {
  const { t } = useLingui();
  return (place) => {
    const name = truncateName(place.kind === 'group' ? place.group.name : place.folder.name);
    return place.kind === 'group'
      ? t`“${name}” comes with the mailbox: it keeps its name and cannot be deleted.`
      : t`“${name}” is the mailbox’s own folder: it keeps its name and cannot be deleted.`;
  };
}
