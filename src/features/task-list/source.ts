import { useLingui } from '@lingui/react/macro';
import { useFolder, useFolders } from '../../data/folders.ts';
import { useGroups } from '../../data/groups.ts';
import { useToday } from '../../data/settings.ts';
import { useShared } from '../../data/sharing.ts';
import { useTasks } from '../../data/tasks.ts';
import { useView } from '../../data/views.ts';
import type { FailureKind } from '../../domain/errors.ts';
import type { Listing, Order } from '../../domain/listing.ts';
import type { ViewName } from '../../domain/place.ts';
import type { Place } from '../../domain/task.ts';
import type { Instant } from '../../domain/time.ts';
import { nameInWords } from '../../ui/names.ts';
import { viewNames } from '../../ui/listWords.ts';

/** A list with its names, whatever it is a list of. */
export type ListSourceState = {
  name: string;
  /** Its group, or who shares it. */
  groupName: string | undefined;
  listing: Listing;
  isPending: boolean;
  failure: FailureKind | null;
  savedAt: Instant | null;
  /** More is on its way: the numbers will grow. */
  isPartial: boolean;
  retry: () => void;
};

export function useFolderList(place: Place, order: Order): ListSourceState {
  const { t } = useLingui();
  const tasks = useTasks(place, order);
  const folder = useFolder(place);
  const shared = useShared(place);
  const own = useFolders().folders.find((one) => one.id === place.id);
  const group = useGroups().groups.find((one) => one.groupKey === own?.groupKey);
  const owner = shared === undefined ? place.mailbox : shared.owner.name || shared.owner.address;
  const groupName = place.mailbox === 'me' ? group?.name : t`Shared by ${nameInWords(owner)}`;
  return { ...tasks, name: folder?.name ?? t`Tasks`, groupName };
}

export function useViewList(view: ViewName, order: Order): ListSourceState {
  const { i18n } = useLingui();
  const { today, zone } = useToday();
  const state = useView(view, today, zone, order);
  return { ...state, name: i18n._(viewNames[view]), groupName: undefined, savedAt: null };
}
