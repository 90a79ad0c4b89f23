import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useMatch } from 'react-router';
import { useDeps } from '../../data/deps.tsx';
import { useFolders } from '../../data/folders.ts';
import { useGroups } from '../../data/groups.ts';
import { useResolvedId } from '../../data/pending.ts';
import { useToday } from '../../data/settings.ts';
import { useSharedByMe, useSharedWithMe } from '../../data/sharing.ts';
import { useCounts } from '../../data/views.ts';
import { placesInOrder } from '../../domain/placedGroups.ts';

/** Everything the sidebar and the Folders page draw: groups with folders, counts, and which folder is open. */
export function usePlaces() {
  const { i18n } = useLingui();
  const { can } = useDeps();
  const groups = useGroups();
  const folders = useFolders();
  const { today, zone } = useToday();
  const counts = useCounts(today, zone);
  const shared = useSharedWithMe();
  const sharedOut = useSharedByMe();
  const match = useMatch('/folders/:folderId/*');
  const sharedMatch = useMatch('/people/:address/folders/:folderId/*');
  const openFolderId = useResolvedId(match?.params.folderId ?? '');
  const places = useMemo(
    () => placesInOrder(groups.groups, folders.folders, i18n.locale),
    [groups.groups, folders.folders, i18n.locale],
  );
  return {
    places,
    groups: groups.groups,
    folders: folders.folders,
    counts,
    openFolderId,
    /** What others share, and which of it is open. */
    shared: shared.folders,
    openSharedId: sharedMatch?.params.folderId,
    /** With how many people own folders are shared, by id. */
    sharedOut,
    canGroup: can.groups,
    isPending: groups.isPending || folders.isPending,
    failure: groups.failure ?? folders.failure,
    retry() {
      groups.retry();
      folders.retry();
    },
  };
}

export type Places = ReturnType<typeof usePlaces>;
