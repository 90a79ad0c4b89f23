import type { QueryClient } from '@tanstack/react-query';
import type { FailureKind } from '../domain/errors.ts';
import type { Place, TaskFolder, TaskGroup } from '../domain/task.ts';
import type { Day, Instant } from '../domain/time.ts';
import type { TaskSnapshot } from '../sync/snapshot.ts';
import type { StorageTrouble } from '../sync/storage.ts';
import type { Deps } from './deps.tsx';
import type { Ports } from '../sync/ports.ts';
import type { Screen } from './screen.ts';

type Mailbox = Place['mailbox'];

/** Something to look at and to be told about: what useSyncExternalStore wants. `current` answers the same object until it changes. */
export type Source<T> = { subscribe(listener: () => void): () => void; current(): T };

export type Status = {
  isOnline: boolean;
  signInNeeded: boolean;
  waiting: number;
  parked: number;
  lastSynced: Instant | null;
  storage: StorageTrouble | null;
};

/** One account's moving parts: the snapshots, what is drawn from them, and the drain. Made by DepsProvider, or by a test. */
export type Engine = {
  client: QueryClient;
  ports: Ports;
  screen: Screen;
  status: Source<Status>;
  /** Whether every folder of the own mailbox has been read. */
  coverage: Source<{ isComplete: boolean; failure: FailureKind | null }>;
  today: Source<Day>;
  zone: Source<string> & { set(zone: string): Promise<void> };
  pullGroups(mailbox: Mailbox, signal?: AbortSignal): Promise<readonly TaskGroup[]>;
  pullFolders(mailbox: Mailbox, signal?: AbortSignal): Promise<readonly TaskFolder[]>;
  pullTasks(folder: Place, signal?: AbortSignal): Promise<TaskSnapshot>;
  /** Reads every folder that is older than 30 s, three at a time, the open one first. */
  pullAll(): void;
  savedAt(folder: Place): Instant | null;
  group(mailbox: Mailbox, id: string): TaskGroup | undefined;
  groupByKey(mailbox: Mailbox, key: string): TaskGroup | undefined;
  folder(mailbox: Mailbox, id: string): TaskFolder | undefined;
  /** Starts pulling and draining; call the answer to stop. */
  start(): () => void;
  /** Try again now: after signing in, or when the network is back. */
  wake(): void;
};

export declare function createEngine(deps: Deps, ports: Ports): Engine;
