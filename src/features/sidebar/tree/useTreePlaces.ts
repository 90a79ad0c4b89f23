import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import type { FolderRef, OwnFolderRef } from '../menus/folderRef.ts';
import { useProtectedReason } from '../menus/useProtectedReason.ts';
import type { FolderNodesInput } from './folderNodesInput.ts';
import { sharedGroupId } from './useSharedNode.tsx';

type Input = Pick<FolderNodesInput, 'places' | 'closed' | 'setOpen' | 'onNavigate'>;

/** The places behind the tree's rows, by id. */
export function useTreePlaces({ places, closed, setOpen, onNavigate }: Input) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const protectedReason = useProtectedReason();

  function find(id: string): FolderRef | undefined {
    const folder = places.folders.find((each) => each.id === id);
    if (folder !== undefined) return { kind: 'folder', folder };
    const shared = places.shared.find((each) => each.folder.id === id);
    if (shared !== undefined) return { kind: 'shared', shared };
    const group = places.groups.find((each) => each.id === id);
    return group === undefined ? undefined : { kind: 'group', group };
  }

  return {
    find,
    /** The place, where it may be changed; else undefined, and a toast gives the reason. */
    findEditable: (id: string): OwnFolderRef | undefined => {
      const place = find(id);
      if (place?.kind === 'shared') {
        const { folder, owner } = place.shared;
        toasts.show({ text: t`“${folder.name}” is shared with you. Only ${owner.name || owner.address} renames it.` });
        return undefined;
      }
      const isDefault = place?.kind === 'folder' ? place.folder.isDefault : place?.group.isDefault;
      if (place === undefined || isDefault !== true) return place;
      toasts.show({ text: protectedReason(place) });
      return undefined;
    },
    /** Opens or closes a group; navigates to a folder. */
    activate: (id: string, isInNewTab: boolean) => {
      const place = find(id);
      if (place?.kind === 'group' || id === sharedGroupId) setOpen(id, closed.has(id));
      if (place === undefined || place.kind === 'group') return;
      const mailbox = place.kind === 'shared' ? place.shared.owner.address : 'me';
      const address = appUrls.folder({ mailbox, id });
      if (isInNewTab) window.open(address, '_blank', 'noopener');
      else {
        void navigate(address);
        onNavigate?.();
      }
    },
  };
}
