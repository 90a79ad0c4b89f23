import { onlineManager } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { failureOf } from '../api/errors.ts';
import { overlayFolders, overlayGroups } from '../domain/change.ts';
import type { FailureKind } from '../domain/errors.ts';
import type { Place, TaskFolder, TaskGroup } from '../domain/task.ts';
import type { Day, Instant } from '../domain/time.ts';
import { createDrain } from '../sync/drain.ts';
import type { Drain } from '../sync/drain.ts';
import type { Effect } from '../sync/effect.ts';
import type { Ports } from '../sync/ports.ts';
import { foldersAfter, groupsAfter, tasksAfter } from '../sync/snapshot.ts';
import type { TaskSnapshot } from '../sync/snapshot.ts';
import type { StorageTrouble } from '../sync/storage.ts';
import { createActions } from './actions.ts';
import type { Actions } from './actions.ts';
import { createQueryClient } from './client.ts';
import { createDay } from './day.ts';
import { createJournal } from './journal.ts';
import { createPull, pullEverything } from './pull.ts';
import { folderQueries, groupQueries, taskQueries } from './queries.ts';
import type { Pull } from './queries.ts';
import { createScreen } from './screen.ts';
import type { Screen } from './screen.ts';
import type { Deps } from './session.ts';
import { createCell } from './source.ts';
import type { Source } from './source.ts';
import { touches } from './touches.ts';
import { createZone } from './zone.ts';
import type { Zone } from './zone.ts';

type Mailbox = Place['mailbox'];

export type Status = {
  isOnline: boolean;
  signInNeeded: boolean;
  waiting: number;
  parked: number;
  /** When the server last answered. */
  lastSynced: Instant | null;
  storage: StorageTrouble | null;
};

/** One account's moving parts: the snapshots, what is drawn from them, and the drain. Made by DepsProvider, or by a test. */
export type Engine = {
  client: QueryClient;
  ports: Ports;
  pull: Pull;
  screen: Screen;
  drain: Drain;
  actions: Actions;
  status: Source<Status>;
  today: Source<Day>;
  zone: Zone;
  /** Reads every folder that is not fresh, three at a time, the open ones first. Failures are in the queries. */
  pullAll: () => Promise<void>;
  /** Starts pulling and draining; call the answer to stop. */
  start: () => () => void;
  /** Try again now: after signing in, or when the network is back. */
  wake: () => void;
};

/** A server that was not reached is tried again after this long, twice as long each time, to a minute. */
const firstRetryMs = 5_000;
const longestRetryMs = 60_000;

const tasksKey = (folder: Place) => [...taskQueries.all, folder.mailbox, folder.id];

export function createEngine(deps: Deps, ports: Ports): Engine {
  const { api, extras, outbox, clock, session } = deps;
  const client = createQueryClient();
  const journal = createJournal();
  const pull = createPull(api, () => client, journal, clock);
  const screen = createScreen({ client, outbox });
  const zone = createZone(extras, outbox, ports.zone());
  const today = createDay(clock, zone, ports);

  // ---- Contact with the server -------------------------------------------------------------------------------------------

  let failure: FailureKind | null = null;
  let lastSynced: Instant | null = null;
  const status = createCell<Status>(statusNow());

  function statusNow(): Status {
    const ops = outbox.ops();
    const parked = ops.filter((op) => op.parked !== null).length;
    return {
      isOnline: ports.isOnline() && failure !== 'offline',
      signInNeeded: failure === 'signIn',
      waiting: ops.length - parked,
      parked,
      lastSynced,
      storage: outbox.trouble(),
    };
  }
  const showStatus = () => status.set(statusNow());
  function noticeContact(next: FailureKind | null) {
    failure = next === 'offline' || next === 'signIn' ? next : null;
    if (next === null) lastSynced = clock.now();
    showStatus();
  }

  // ---- Snapshots -----------------------------------------------------------------------------------------------------------

  const groupsOf = (mailbox: Mailbox) => client.getQueryData<readonly TaskGroup[]>([...groupQueries.all, mailbox]);
  const foldersOf = (mailbox: Mailbox) => client.getQueryData<readonly TaskFolder[]>([...folderQueries.all, mailbox]);
  const changesIn = (mailbox: Mailbox) =>
    outbox
      .ops()
      .map(({ change }) => change)
      .filter((change) => change.mailbox === mailbox);

  /** An answer of the server goes into every snapshot it is about (architecture.md §8, rule 5). */
  function takeIn(effect: Effect) {
    const { mailbox } = effect;
    journal.add(effect);
    client.setQueryData<readonly TaskGroup[]>(
      [...groupQueries.all, mailbox],
      (groups) => groups && groupsAfter(groups, effect),
    );
    client.setQueryData<readonly TaskFolder[]>(
      [...folderQueries.all, mailbox],
      (folders) => folders && foldersAfter(folders, effect),
    );
    const touched = new Set([...effect.tasks, ...effect.goneTasks].map(({ folderId }) => folderId));
    for (const id of touched) {
      const queryKey = tasksKey({ mailbox, id });
      const known = client.getQueryState<TaskSnapshot>(queryKey);
      if (known?.data === undefined) continue;
      // One row is fresh, the others are as old as they were.
      const rows = tasksAfter(known.data.rows, effect, id);
      client.setQueryData<TaskSnapshot>(queryKey, { ...known.data, rows }, { updatedAt: known.dataUpdatedAt });
    }
    // A folder made just now is known to be empty: nothing to wait for.
    if (effect.change.kind === 'createFolder')
      for (const folder of effect.folders) showEmpty({ mailbox, id: folder.id });
    if (effect.goneFolder !== null) {
      showEmpty({ mailbox, id: effect.goneFolder });
      client.removeQueries({ queryKey: tasksKey({ mailbox, id: effect.goneFolder }), exact: true, type: 'inactive' });
    }
    for (const queryKey of touches(effect.change)) void client.invalidateQueries({ queryKey, exact: true });
  }
  function showEmpty(folder: Place) {
    client.setQueryData<TaskSnapshot>(tasksKey(folder), { rows: new Map(), at: clock.now() });
  }

  // ---- Pulling -------------------------------------------------------------------------------------------------------------

  let stopped = new AbortController();
  let round: { signal: AbortSignal; done: Promise<void> } | null = null;

  function pullAll(): Promise<void> {
    const { signal } = stopped;
    if (round !== null && round.signal === signal) return round.done;
    const mine = { signal, done: pullRound(signal).finally(() => round === mine && (round = null)) };
    round = mine;
    return mine.done;
  }

  /** Never rejects: what fails is in its query, and in the status. */
  async function pullRound(signal: AbortSignal) {
    for (let wait = firstRetryMs; !signal.aborted; wait = Math.min(longestRetryMs, wait * 2)) {
      try {
        await Promise.all([zone.load(), pullEverything(client, pull, signal)]);
        noticeContact(null);
        return dropDeparted();
      } catch (error) {
        if (signal.aborted) return;
        const kind = failureOf(error);
        noticeContact(kind);
        if (kind !== 'offline' && kind !== 'busy') return;
      }
      await ports.sleep(wait, AbortSignal.any([signal, awake.signal]));
    }
  }
  let awake = new AbortController();

  /** Folders deleted elsewhere: their tasks leave the counts and smart views. */
  function dropDeparted() {
    const there = new Set(foldersOf('me')?.map(({ id }) => id));
    client.removeQueries({
      queryKey: [...taskQueries.all, 'me'],
      type: 'inactive',
      predicate: ({ queryKey }) => !there.has(String(queryKey[2])),
    });
  }

  const shown = {
    group: (mailbox: Mailbox, id: string) => shownGroups(mailbox).find((group) => group.id === id),
    groupByKey: (mailbox: Mailbox, key: string) => shownGroups(mailbox).find((group) => group.groupKey === key),
    folder: (mailbox: Mailbox, id: string) => shownFolders(mailbox).find((folder) => folder.id === id),
  };
  const shownGroups = (mailbox: Mailbox) => overlayGroups(groupsOf(mailbox) ?? [], changesIn(mailbox));
  const shownFolders = (mailbox: Mailbox) => overlayFolders(foldersOf(mailbox) ?? [], changesIn(mailbox));
  const actions = createActions({ outbox, clock, ports, zone: zone.current, shown });

  // ---- Draining ------------------------------------------------------------------------------------------------------------

  const known = {
    task: (mailbox: Mailbox, folderId: string, id: string) =>
      client.getQueryData<TaskSnapshot>(tasksKey({ mailbox, id: folderId }))?.rows.get(id),
    name: ({ kind, mailbox, id }: { kind: 'renameGroup' | 'renameFolder'; mailbox: Mailbox; id: string }) =>
      (kind === 'renameGroup' ? groupsOf(mailbox) : foldersOf(mailbox))?.find((one) => one.id === id)?.name,
    isOurs: (id: string) => outbox.originOf(id) !== id,
  };
  const drain = createDrain({
    account: session.account.key,
    api,
    outbox,
    clock,
    ports,
    known,
    onContact: noticeContact,
  });

  function wake() {
    const before = awake;
    awake = new AbortController();
    before.abort();
    drain.wake();
    void pullAll();
  }

  // ---- Life ----------------------------------------------------------------------------------------------------------------

  function start() {
    stopped = new AbortController();
    onlineManager.setOnline(ports.isOnline());
    const stops = [
      outbox.onEffect(takeIn),
      outbox.subscribe(showStatus),
      screen.start(),
      today.start(),
      drain.start(),
      ports.onNetwork(() => {
        onlineManager.setOnline(ports.isOnline());
        if (ports.isOnline() && failure === 'offline') failure = null;
        showStatus();
        if (ports.isOnline()) wake();
      }),
      ports.onFocus(() => {
        today.look();
        wake();
      }),
    ];
    showStatus();
    void pullAll();
    return () => {
      stopped.abort();
      for (const stop of stops) stop();
      void client.cancelQueries();
    };
  }

  return {
    client,
    ports,
    pull,
    screen,
    drain,
    status,
    today,
    zone,
    pullAll,
    actions,
    start,
    wake,
  };
}
