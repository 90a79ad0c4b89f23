import { useLingui } from '@lingui/react/macro';
import { useFolder, useFolders } from '../../../data/folders/useFolders.ts';
import { useGroups } from '../../../data/folders/useGroups.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useSharedFolder } from '../../../data/sharing/useSharing.ts';
import { useTasks } from '../../../data/tasks/useTasks.ts';
import { useTaskView } from '../../../data/tasks/useTaskViews.ts';
import type { FailureKind } from '../../../domain/failureKind.ts';
import type { Listing, SortOrder } from '../../../domain/listing/listing.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place } from '../../../domain/task/task.ts';
import type { Instant } from '../../../domain/time/time.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { viewLabels } from '../../../ui/labels/listLabels.ts';

/** The rows of a folder or a smart view, with its names. */
export type TaskListState = {
  name: string;
  /** The folder's group, or who shares it. */
  groupName: string | undefined;
  listing: Listing;
  isPending: boolean;
  failure: FailureKind | null;
  savedAt: Instant | null;
  /** The first pull is in progress: counts will grow. */
  isPartial: boolean;
  retry: () => void;
};

export function useFolderList(place: Place, order: SortOrder): TaskListState {
  const { t } = useLingui();
  const { data: listing, ...tasks } = useTasks(place, order);
  const folder = useFolder(place);
  const shared = useSharedFolder(place);
  const own = useFolders().folders.find(({ id }) => id === place.id);
  const group = useGroups().groups.find(({ groupKey }) => groupKey === own?.groupKey);
  const owner = shared === undefined ? place.mailbox : shared.owner.name || shared.owner.address;
  const groupName = place.mailbox === 'me' ? group?.name : t`Shared by ${truncateName(owner)}`;
  return { ...tasks, listing, name: folder?.name ?? t`Tasks`, groupName };
}

export function useViewList(view: ViewName, order: SortOrder): TaskListState {
  const { i18n } = useLingui();
  const { today, zone } = useToday();
  const { data: listing, ...state } = useTaskView(view, today, zone, order);
  return { ...state, listing, name: i18n._(viewLabels[view]), groupName: undefined, savedAt: null };
}
