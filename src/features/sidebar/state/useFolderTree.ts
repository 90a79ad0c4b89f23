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

/** The data of the sidebar and the Folders page: groups with folders, counts, and the open folder. */
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
  const isLoaded = (groups.groups.length > 0 && folders.folders.length > 0) || (!isPending && failure === null);
  const places = useMemo(
    () => (isLoaded ? groupFolders(groups.groups, folders.folders, i18n.locale) : []),
    [isLoaded, groups.groups, folders.folders, i18n.locale],
  );
  return {
    /** Groups and folders are loaded. Groups alone would look empty. */
    isLoaded,
    places,
    groups: groups.groups,
    folders: folders.folders,
    counts,
    openFolderId,
    /** Shared folders, and the id of the open one. */
    shared: isLoaded ? shared.folders : noShares,
    openSharedId: sharedMatch?.params.folderId,
    /** By own folder id, the number of people it is shared with. */
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
