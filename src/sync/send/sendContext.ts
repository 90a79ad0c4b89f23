import type { AttachmentClient } from '../../api/attachments/attachmentClient.ts';
import type { Batching } from '../../api/batching.ts';
import { ApiError } from '../../api/apiError.ts';
import type { ExtrasApi } from '../../api/extras/extrasApi.ts';
import type { TaskApi } from '../../api/taskApi.ts';
import type { Repeatability } from '../../api/transport.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import type { Op, ParkReason } from '../storage/op.ts';
import type { SendQueue } from './sendQueue.ts';

/** What the sender knows without a request: the replica's rows, and which server ids were created here. */
export type KnownRows = {
  task: (mailbox: Mailbox, folderId: string, id: string) => Task | undefined | Promise<Task | undefined>;
  /** The folder that has the task; undefined where it is not on this device. */
  folderOf: (mailbox: Mailbox, id: string) => string | undefined;
  /** True for a server id that answered one of our own creates, of another op. */
  isOurs: (id: string) => boolean;
};

/** The known rows for one op, on a server without idempotency keys. */
export type ClaimedRows = KnownRows & {
  /** The op's own result, also when storing it fails: no other op may be matched to it. */
  claim: (id: string) => void;
};

/** The row that an earlier attempt of the op has made, claimed at once: an equal op may look at the same time. */
export function claimEarlier<T extends { id: string }>(
  { known }: Pick<SendContext, 'known'>,
  rows: readonly T[],
  isIt: (row: T) => boolean,
): T | undefined {
  const earlier = rows.find((row) => isIt(row) && !known.isOurs(row.id));
  if (earlier !== undefined) known.claim(earlier.id);
  return earlier;
}

/** The server's APIs. */
export type ServerApis = {
  api: TaskApi;
  extras: Pick<ExtrasApi, 'move' | 'bin' | 'categories'> | null;
  attaching: () => Promise<AttachmentClient>;
  batching: () => Promise<Batching>;
};

/** The context of sending one op. */
export type SendContext = Omit<ServerApis, 'batching'> & {
  op: Op;
  known: ClaimedRows;
  repeatability: Repeatability;
  /** It was sent before, with unknown result. */
  isRepeat: boolean;
  /** The same, on a server without idempotency keys: look it up before sending again. */
  mayHaveArrived: boolean;
  files: Pick<SendQueue, 'blob' | 'noteUpload' | 'progress'>;
  /** Aborts when the person discards the change while it is being sent. */
  signal: AbortSignal;
};

export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** The change cannot be sent as it is, and the person decides. */
export class ParkedError extends Error {
  readonly parking: ParkReason;

  constructor(parking: ParkReason) {
    super(parking.message);
    this.name = 'Parked';
    this.parking = parking;
  }
}

/** @throws ApiError `refused` where the server has no such thing; no screen offers it there. */
export function requireExtras({ extras }: Pick<ServerApis, 'extras'>): Pick<ExtrasApi, 'move' | 'bin' | 'categories'> {
  if (extras === null) throw new ApiError('refused', 'This server cannot do that');
  return extras;
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.kind === 'missing';
}

/** The result, or undefined when the item is deleted. */
export async function undefinedIfMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export const ifMatch = (etag: string) => (etag === '' ? {} : { ifMatch: etag });

/**
 * Tries with the known row, then with the server's current one. Repeated mismatches mean frequent edits, and are
 * retried later.
 */
export async function retryOnConflict<T>(
  task: Place,
  api: TaskApi,
  known: Task | undefined,
  attempt: (server: Task | undefined) => Promise<T>,
): Promise<T> {
  let server = known;
  for (let left = 3; ; left -= 1) {
    try {
      return await attempt(server);
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'changed' || error.mayHaveArrived) throw error;
      if (left === 0) throw new ApiError('busy', 'The task keeps changing elsewhere', { cause: error });
      server = await api.task({ mailbox: task.mailbox, id: task.id });
    }
  }
}
