import type { QueryClient } from '@tanstack/react-query';
import { overlayFolders, overlayGroups } from '../../domain/changes/change.ts';
import type { Mailbox, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { VisiblePlaces } from '../../sync/commands/placeCommands.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import { folderQueries, groupQueries } from '../queries.ts';

/** The groups and folders as they are shown: what the queries hold, with unsent changes applied. */
export function createVisiblePlaces(client: QueryClient, outbox: Pick<Outbox, 'ops'>): VisiblePlaces {
  const changesIn = (mailbox: Mailbox) =>
    outbox
      .ops()
      .map(({ change }) => change)
      .filter((change) => change.mailbox === mailbox);
  function groupsOf(mailbox: Mailbox) {
    const groups = client.getQueryData<readonly TaskGroup[]>([...groupQueries.all, mailbox]);
    return overlayGroups(groups ?? [], changesIn(mailbox));
  }
  function foldersOf(mailbox: Mailbox) {
    const folders = client.getQueryData<readonly TaskFolder[]>([...folderQueries.all, mailbox]);
    return overlayFolders(folders ?? [], changesIn(mailbox));
  }
  return {
    group: (mailbox, id) => groupsOf(mailbox).find((group) => group.id === id),
    groupByKey: (mailbox, key) => groupsOf(mailbox).find((group) => group.groupKey === key),
    folder: (mailbox, id) => foldersOf(mailbox).find((folder) => folder.id === id),
  };
}
