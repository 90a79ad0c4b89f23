import { useLingui } from '@lingui/react/macro';
import { useFolders } from '../../data/folders.ts';
import { useGroups } from '../../data/groups.ts';
import { useToday } from '../../data/settings.ts';
import { useTasks } from '../../data/tasks.ts';
import { useView } from '../../data/views.ts';
import type { FailureKind } from '../../domain/errors.ts';
import type { Listing, Order } from '../../domain/listing.ts';
import type { ViewName } from '../../domain/place.ts';
import type { Place } from '../../domain/task.ts';
import type { Instant } from '../../domain/time.ts';
import { viewNames } from './rowWords.ts';

/** A list with its names, whatever it is a list of. */
export type ListSourceState = {
  name: string;
  groupName: string | undefined;
  listing: Listing;
  isPending: boolean;
  failure: FailureKind | null;
  savedAt: Instant | null;
  retry: () => void;
};

export function useFolderList(place: Place, order: Order): ListSourceState {
  const { t } = useLingui();
  const tasks = useTasks(place, order);
  const { folders } = useFolders(place.mailbox);
  const { groups } = useGroups(place.mailbox);
  const folder = folders.find((one) => one.id === place.id);
  const group = groups.find((one) => one.groupKey === folder?.groupKey);
  return { ...tasks, name: folder?.name ?? t`Tasks`, groupName: group?.name };
}

export function useViewList(view: ViewName, order: Order): ListSourceState {
  const { i18n } = useLingui();
  const { today, zone } = useToday();
  const state = useView(view, today, zone, order);
  return { ...state, name: i18n._(viewNames[view]), groupName: undefined, savedAt: null };
}
