import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { onTestFinished } from 'vitest';
import { render } from 'vitest-browser-react';
import { createAttachmentClient } from '../api/attachments/attachmentClient.ts';
import { createRemoteClient, dialects } from '../api/remoteClient.ts';
import { createClockSkew } from '../api/clockSkew.ts';
import { serverCapabilities } from '../api/serverCapabilities.ts';
import { CommandReporter } from '../data/commandReport.tsx';
import type { CommandResult } from '../data/commandReport.tsx';
import { DataProvider } from '../data/dataProvider.tsx';
import type { Deps } from '../data/dataProvider.tsx';
import type { Change } from '../domain/changes/change.ts';
import { defaultFolderName, defaultGroupKey, defaultGroupName } from '../domain/task/task.ts';
import type { Place, Task } from '../domain/task/task.ts';
import { dateOf } from '../domain/time/time.ts';
import type { Clock, Instant } from '../domain/time/time.ts';
import { LanguageProvider } from '../i18n/languageProvider.tsx';
import { openOutbox } from '../sync/outbox/outbox.ts';
import { createObservable } from '../domain/async/observable.ts';
import { browserPorts } from '../sync/platform/ports.ts';
import { openReplicaStore } from '../sync/storage/replicaStore.ts';
import { loadFirstPaint } from '../sync/views/firstPaint.ts';
import { ToastRegion, toasts } from '../ui/feedback/toast.tsx';

/** The folder of every task that an account is opened with. */
export const tasksFolder: Place = { mailbox: 'me', id: 'folder' };

/** Wednesday, 18 March 2026, 10:00 in the mailbox's zone, Europe/Paris. */
const now: Instant = '2026-03-18T09:00:00.000Z';

/** A plain open task in that folder; `members` are what the test is about. */
export function offlineTask(id: string, members: Partial<Task> = {}): Task {
  return {
    id,
    folderId: tasksFolder.id,
    changeKey: '1',
    etag: 'W/"1"',
    createdAt: now,
    modifiedAt: now,
    subject: `Task ${id}`,
    body: { contentType: 'text', content: '' },
    categories: [],
    importance: 'normal',
    sensitivity: 'normal',
    status: 'notStarted',
    start: null,
    due: null,
    completed: null,
    reminder: null,
    isReminderOn: false,
    recurrence: null,
    hasAttachments: false,
    owner: null,
    assignedTo: null,
    ...members,
  };
}

type Options = {
  tasks?: readonly Task[];
  /** Writes what else is in the account's database before it is opened. */
  prepare?: (account: string) => Promise<void>;
  /** How far the device's clock is behind. */
  clockSkew?: Deps['clockSkew'];
  signOut?: () => Promise<void>;
};

/**
 * Draws components for an account whose tasks are on this device and whose server cannot be reached: replica, outbox and
 * sync engine are the real ones, over this browser's IndexedDB. Time stands still.
 */
export async function renderOffline(
  children: ReactNode,
  { tasks = [], prepare, signOut = unexpected, clockSkew = createObservable(0) }: Options = {},
) {
  const key = crypto.randomUUID();
  const clock: Clock = { now: () => now, today: (zone) => dateOf(now, zone) };
  const ports = { ...browserPorts(), isOnline: () => false, zone: () => 'Europe/Paris' };
  const copy = await openReplicaStore(key);
  await saveTasks(copy.store, tasks);
  await prepare?.(key);
  const outbox = await openOutbox({ account: key, clock, newId: ports.newId, channel: ports.channel(key) });
  const pause = createObservable<Instant | null>(null);
  const options = {
    base: '',
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    getToken: () => Promise.resolve('token'),
    sleep: ports.sleep,
    newId: ports.newId,
    clock,
    skew: createClockSkew(clock),
    onPause: pause.set,
  };
  const can = serverCapabilities('outlookRest', false);
  const { api, batching } = createRemoteClient({ ...options, dialect: 'outlookRest', can, hasExtras: false });
  const deps: Deps = {
    api,
    extras: null,
    attachmentClient: () => Promise.resolve(createAttachmentClient(dialects.outlookRest, options)),
    batching: () => Promise.resolve(batching),
    outbox,
    replicaStore: copy.store,
    firstPaint: await loadFirstPaint(copy.store, ''),
    events: null,
    pause,
    clockSkew,
    clock,
    capabilities: can,
    session: {
      account: { key, address: 'ada@example.com', name: 'Ada' },
      status: 'signedIn',
      accounts: [],
      signIn: unexpected,
      signOut,
      signOutEverywhere: unexpected,
      addAccount: unexpected,
      switchTo: unexpected,
    },
  };
  const results: CommandResult[] = [];
  const report = (result: CommandResult) => {
    results.push(result);
    return () => undefined;
  };
  const drawn = await render(
    <LanguageProvider>
      <DataProvider deps={deps} ports={ports}>
        <CommandReporter report={report}>
          <MemoryRouter>
            {children}
            <ToastRegion />
          </MemoryRouter>
        </CommandReporter>
      </DataProvider>
    </LanguageProvider>,
  );
  onTestFinished(async () => {
    await drawn.unmount();
    const toast = toasts.current();
    if (toast !== null) toasts.close(toast.id);
    copy.close();
    outbox.close();
  });
  return {
    /** What waits to be sent, oldest first. */
    changes: (): readonly Change[] => outbox.ops().map(({ change }) => change),
    /** What came of the commands, oldest first. */
    results: (): readonly CommandResult[] => results,
  };
}

/** As a pull leaves them: the mailbox's own group and folder, with these tasks. */
async function saveTasks(store: Deps['replicaStore'], tasks: readonly Task[]): Promise<void> {
  const group = { id: 'group', changeKey: '1', name: defaultGroupName, isDefault: true, groupKey: defaultGroupKey };
  const folder = {
    id: tasksFolder.id,
    changeKey: '1',
    name: defaultFolderName,
    isDefault: true,
    groupKey: defaultGroupKey,
  };
  await store.saveList('groups', 'me', { items: [group], cursor: 'round 1', at: now });
  await store.saveList('folders', 'me', { items: [folder], cursor: 'round 1', at: now });
  await store.save(tasksFolder, {
    from: undefined,
    puts: tasks,
    removed: [],
    place: { cursor: 'round 1', isComplete: true, at: now },
    confirmed: new Set(),
    contested: new Set(),
  });
}

function unexpected(): never {
  throw new Error('A component test does not leave its account.');
}
