import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useMatch } from 'react-router';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useFolders } from '../../../data/folders/useFolders.ts';
import { useGroups } from '../../../data/folders/useGroups.ts';
import { useResolvedId } from '../../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useSharedByMe, useSharedWithMe } from '../../../data/sharing/useSharing.ts';
import { useTaskCounts } from '../../../data/tasks/useTaskViews.ts';
import { groupFolders } from '../../../domain/listing/groupedFolders.ts';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';

const noShares: readonly SharedFolder[] = [];

/** Everything the sidebar and the Folders page draw: groups with folders, counts, and which folder is open. */
export function useFolderTree() {
  const { i18n } = useLingui();
  const { capabilities } = useDeps();
  const groups = useGroups();
  const folders = useFolders();
  const { today, zone } = useToday();
  const counts = useTaskCounts(today, zone);
  const shared = useSharedWithMe();
  const sharedOut = useSharedByMe();
  const match = useMatch('/folders/:folderId/*');
  const sharedMatch = useMatch('/people/:address/folders/:folderId/*');
  const openFolderId = useResolvedId(match?.params.folderId ?? '');
  const isPending = groups.isPending || folders.isPending;
  const failure = groups.failure ?? folders.failure;
  const isHere = (groups.groups.length > 0 && folders.folders.length > 0) || (!isPending && failure === null);
  const places = useMemo(
    () => (isHere ? groupFolders(groups.groups, folders.folders, i18n.locale) : []),
    [isHere, groups.groups, folders.folders, i18n.locale],
  );
  return {
    /** There is something to show. Groups without their folders are not: they would look empty. */
    isHere,
    places,
    groups: groups.groups,
    folders: folders.folders,
    counts,
    openFolderId,
    /** What others share, and which of it is open. */
    shared: isHere ? shared.folders : noShares,
    openSharedId: sharedMatch?.params.folderId,
    /** With how many people own folders are shared, by id. */
    sharedOut,
    canGroup: capabilities.groups,
    failure,
    retry() {
      groups.retry();
      folders.retry();
    },
  };
}

export type FolderTreeData = ReturnType<typeof useFolderTree>;
