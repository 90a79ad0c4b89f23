import type { Change } from '../domain/change.ts';
import type { FailureKind } from '../domain/errors.ts';
import type { RowState } from '../domain/listing.ts';
import type { Instant } from '../domain/time.ts';

/** Why a change is parked. A conflict keeps both sides: nothing may be lost (architecture.md §8, rule 6). */
export type Parking = {
  kind: FailureKind;
  message: string;
  code?: string;
  /** The server refused the Repeatability key: look before trying again. */
  mayHaveArrived?: boolean;
  /** The task as the server has it; the change holds mine and base. */
  theirs?: import('../domain/task.ts').Task;
};

/** One change waiting for the server (architecture.md §8). This shape is stored: it grows by optional fields only. */
export type Op = {
  id: string;
  /** Order of making, unique in the account. */
  seq: number;
  change: Change;
  madeAt: Instant;
  /** Not before this wall time; undo is free until then (rule 12). */
  notBefore: Instant | null;
  /** Sent with every POST, so that a repeat has one effect (rule 4). */
  repeatabilityId: string;
  /** Set before the first request leaves: the server may know of this op. */
  firstSentAt: Instant | null;
  /** Answers of the kind "not now". */
  attempts: number;
  parked: Parking | null;
};

/** The device's storage refuses: said to the person, never swallowed. */
export type StorageTrouble = 'refused' | 'full';

/** Small texts kept in the account's database: drafts, settings of this device. */
export type Texts = {
  get(key: string): string | undefined;
  set(key: string, text: string): void;
  remove(key: string): void;
};

export type Outbox = {
  /** Oldest first. The same array until something changes. */
  ops(): readonly Op[];
  stateOf(op: Op): RowState;
  subscribe(listener: () => void): () => void;
  /** Seen at once; resolves with the op's id when it is saved on disk. Rejects with StorageError when it cannot be. */
  add(change: Change): Promise<string>;
  /** Sends a parked change again. */
  retry(opId: string): Promise<void>;
  /** What goes with it when this change is dropped: changes of the same entity and of things made inside it. */
  dependents(opId: string): readonly Op[];
  /** Drops the change and its dependents. */
  drop(opId: string): Promise<void>;
  /** Takes a change back that was not sent yet; false when it is too late. */
  undo(opId: string): Promise<boolean>;
  /** The server's id for a local one, once known; else the id itself. */
  resolve(id: string): string;
  /** The local id that a server id had when it was made here; else the id itself. A stable key for rows. */
  originOf(id: string): string;
  trouble(): StorageTrouble | null;
  texts: Texts;
};
