import type { AttachmentClient } from '../api/attachments/attachmentClient.ts';
import type { Batching } from '../api/batching.ts';
import type { EventStreamApi } from '../api/extras/eventStream.ts';
import type { ExtrasApi } from '../api/extras/extrasApi.ts';
import type { Capabilities, TaskApi } from '../api/taskApi.ts';
import type { Clock, Instant } from '../domain/time/time.ts';
import type { ReplicaStore } from './storage/replicaStore.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { FirstPaintContent } from './views/firstPaint.ts';
import type { Observable } from '../domain/async/observable.ts';

export type Account = { key: string; address: string; name: string };

/** Sign-in as the data layer and the screens see it; MSAL stays in src/app/auth/msalAuth.tsx. */
export type Session = {
  account: Account;
  status: 'signedIn' | 'signInNeeded';
  /** Every account known on this device (docs/architecture.md#accounts-on-this-device). */
  accounts: readonly Account[];
  /** Sign in again, in place: nothing typed is lost. */
  signIn: () => void;
  signOut: () => Promise<void>;
  signOutEverywhere: () => Promise<void>;
  /** One more account; `stay` comes back to this address with it, as a link needs. */
  addAccount: (options?: { stay: boolean }) => void;
  /** Goes to the account's last place, or stays at this address. */
  switchTo: (key: string, options?: { stay: boolean }) => void;
};

/** What the client needs from outside, for one account. */
export type Deps = {
  api: TaskApi;
  /** Null on a server without `/threefold/v1`. */
  extras: ExtrasApi | null;
  /** All about attachments, fetched when first needed. Rejects with ApiError `offline` while it cannot be. */
  attachmentClient: () => Promise<AttachmentClient>;
  /** Many changes in one request. Rejects as `attaching` does. */
  batching: () => Promise<Batching>;
  outbox: Outbox;
  /** Where the local copy is kept; one that keeps nothing where the device refuses. */
  replicaStore: ReplicaStore;
  /** What the first paint is drawn from. */
  firstPaint: FirstPaintContent;
  /** Null on a server that does not tell of changes. */
  events: EventStreamApi | null;
  /** Until when the server asked to be left alone, as far as was heard. */
  pause: Observable<Instant | null>;
  /** How far this device's clock is behind the server's, in milliseconds. */
  clockSkew: Pick<Observable<number>, 'subscribe' | 'current'>;
  clock: Clock;
  session: Session;
  capabilities: Capabilities;
};
