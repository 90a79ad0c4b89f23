import { isTaskChange, overlayFolders, overlayGroups } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { VisiblePlaces } from '../commands/placeCommands.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { PullLedger } from '../pull/pullLedger.ts';
import type { PullTarget } from '../pull/pullTarget.ts';
import type { PlaceKind, PlaceLists } from '../replica/placeLists.ts';
import { shownFailure } from './shownFailure.ts';
import { createView, isSameMembers } from './view.ts';
import type { View } from './view.ts';

/** Groups or folders with unsent changes applied; `isPending` until they are known, or cannot be. */
export type PlaceList<T> = { items: readonly T[]; isPending: boolean; failure: FailureKind | null };

export type PlaceViews = {
  /** Every group of the mailbox; the default group first. */
  groups: (mailbox: Mailbox) => View<PlaceList<TaskGroup>>;
  /** Every folder of the mailbox; a group only selects among them. */
  folders: (mailbox: Mailbox) => View<PlaceList<TaskFolder>>;
  /** The same, for commands. */
  visiblePlaces: VisiblePlaces;
};

type Input = {
  lists: Pick<PlaceLists, 'groups' | 'folders' | 'onChange'>;
  outbox: Pick<Outbox, 'ops' | 'subscribe'>;
  pulls: Pick<PullLedger, 'outcomeOf' | 'onChange' | 'watch'>;
};

export function createPlaceViews({ lists, outbox, pulls }: Input): PlaceViews {
  const changesIn = (mailbox: Mailbox) =>
    outbox.ops().flatMap(({ change }) => (change.mailbox === mailbox && !isTaskChange(change) ? [change] : []));

  type Overlay<T> = (items: readonly T[], changes: readonly Change[]) => readonly T[];
  function placeView<T>(
    kind: PlaceKind,
    mailbox: Mailbox,
    stored: () => readonly T[] | undefined,
    overlay: Overlay<T>,
  ): View<PlaceList<T>> {
    const target: PullTarget = { kind, mailbox };
    let items: readonly T[] = [];
    function compute(): PlaceList<T> {
      const known = stored();
      const next = overlay(known ?? [], changesIn(mailbox));
      if (next.length !== items.length || next.some((item, at) => item !== items[at])) items = next;
      const outcome = pulls.outcomeOf(target);
      return {
        items,
        isPending: known === undefined && outcome.failure === null,
        failure: shownFailure(outcome, known !== undefined),
      };
    }
    return createView({
      compute,
      isSame: isSameMembers,
      follow: (refresh) => [
        lists.onChange((changed, of) => changed === kind && of === mailbox && refresh()),
        outbox.subscribe(refresh),
        pulls.onChange((changed) => changed.kind === kind && changed.mailbox === mailbox && refresh()),
      ],
      watch: () => [pulls.watch(target)],
    });
  }

  const groupsOf = (mailbox: Mailbox) => overlayGroups(lists.groups(mailbox) ?? [], changesIn(mailbox));
  const foldersOf = (mailbox: Mailbox) => overlayFolders(lists.folders(mailbox) ?? [], changesIn(mailbox));
  return {
    groups: (mailbox) => placeView('groups', mailbox, () => lists.groups(mailbox), overlayGroups),
    folders: (mailbox) => placeView('folders', mailbox, () => lists.folders(mailbox), overlayFolders),
    visiblePlaces: {
      group: (mailbox, id) => groupsOf(mailbox).find((group) => group.id === id),
      groupByKey: (mailbox, key) => groupsOf(mailbox).find((group) => group.groupKey === key),
      folder: (mailbox, id) => foldersOf(mailbox).find((folder) => folder.id === id),
    },
  };
}
