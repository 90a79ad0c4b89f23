import { queryOptions } from '@tanstack/react-query';
import type { AttachmentClient } from '../api/attachments/attachmentClient.ts';
import type { BinApi } from '../api/extras/binApi.ts';
import type { ListingOptions } from '../domain/listing/listing.ts';
import type { BinItem } from '../domain/task/binItem.ts';
import type { Mailbox, Place } from '../domain/task/task.ts';
import type { ViewName } from '../domain/urls/appUrls.ts';
import type { SyncEngine } from '../sync/engine/syncEngine.ts';
import { tasksTarget } from '../sync/pull/pullTarget.ts';
import type { View } from '../sync/views/view.ts';

/*
 * Keys and options of queries (docs/architecture.md#places-and-keys): hooks, the bridge and tests share them, and no
 * key is typed twice. Keys have no account id: the whole client belongs to one account.
 */

/** The parts of the engine that queries show. */
export type Engine = Pick<SyncEngine, 'views' | 'pull' | 'pullAll'>;

/** A place that is opened again within this time is drawn from its query. Milliseconds. */
const keptMs = 5_000;

/**
 * The options of a query whose data is what a view of the engine shows. `queryBridge` publishes each change to it; `look`
 * asks the engine to pull. The rows stay in the replica: data is compared by identity, and does not become stale by itself.
 */
function viewOptions<T>(view: () => View<T>, look: () => Promise<unknown>) {
  return {
    queryFn: async () => {
      await look();
      return view().current();
    },
    initialData: () => view().current(),
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: keptMs,
    meta: { view },
  } as const;
}

export const groupQueries = {
  all: ['groups'] as const,
  list: ({ views, pull }: Engine, mailbox: Mailbox) =>
    queryOptions({
      queryKey: [...groupQueries.all, mailbox] as const,
      ...viewOptions(
        () => views.groups(mailbox),
        () => pull({ kind: 'groups', mailbox }),
      ),
    }),
};

export const folderQueries = {
  all: ['folders'] as const,
  list: ({ views, pull }: Engine, mailbox: Mailbox) =>
    queryOptions({
      queryKey: [...folderQueries.all, mailbox] as const,
      ...viewOptions(
        () => views.folders(mailbox),
        () => pull({ kind: 'folders', mailbox }),
      ),
    }),
};

/** The tasks of a folder, or of a smart view, in one order. */
export const taskQueries = {
  all: ['tasks'] as const,
  list: ({ views, pull }: Engine, place: Place, options: ListingOptions) =>
    queryOptions({
      queryKey: [...taskQueries.all, place.mailbox, place.id, options] as const,
      ...viewOptions(
        () => views.tasks(place, options),
        () => pull(tasksTarget(place)),
      ),
    }),
  smartList: ({ views, pullAll }: Engine, name: ViewName, options: ListingOptions) =>
    queryOptions({
      queryKey: [...taskQueries.all, 'view', name, options] as const,
      ...viewOptions(() => views.smartList(name, options), pullAll),
    }),
};

/** A task's attachments. */
export const attachmentQueries = {
  all: ['attachments'] as const,
  list: (attaching: () => Promise<AttachmentClient>, { mailbox, id }: Place) =>
    queryOptions({
      queryKey: [...attachmentQueries.all, mailbox, id] as const,
      queryFn: async ({ signal }) => (await attaching()).attachments({ mailbox, id }, signal),
    }),
};

/** Everything about sharing starts with this: `src/data/sharing/useSharing.ts` has the queries. */
export const sharingKey = ['sharing'] as const;

/** Deleted items that can be restored. Read when the bin is opened. */
export const binQueries = {
  all: ['bin'] as const,
  /** `save` stores the answer on this device, `stored` is the last one. */
  list: (
    bin: BinApi | null,
    save: (items: readonly BinItem[]) => Promise<unknown>,
    stored: () => Promise<readonly BinItem[] | null>,
  ) =>
    queryOptions({
      queryKey: binQueries.all,
      async queryFn({ signal }) {
        const items = (await bin?.list(signal)) ?? [];
        await save(items);
        return items;
      },
      staleTime: 0,
      meta: { stored },
    }),
};
