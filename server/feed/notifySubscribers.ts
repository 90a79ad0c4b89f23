import type { Db } from '../db/tables.ts';
import { lastSeqsOf, mailboxChangeSince, type MailboxChange } from './mailboxChanges.ts';
import { diffShareSnapshots, isSameSnapshot, readShareSnapshots, type ShareSnapshot } from './shareNotifications.ts';
import { hasRoom, sendEvent, type Subscriber } from './subscriber.ts';

export const emptySnapshot: ShareSnapshot = new Map();

/** Who is subscribed, and the checks that may end a subscription. */
export type Subscriptions = {
  all(): readonly Subscriber[];
  isOpen(subscriber: Subscriber): boolean;
  /** Checks the token again, and ends the stream when it is no longer valid. */
  isAuthorized(subscriber: Subscriber): Promise<boolean>;
  end(subscriber: Subscriber, reason: 'signedOut'): void;
};

/** Sends each subscriber of these accounts what changed since its last event. Calls must not overlap. */
export async function notifySubscribers(
  read: Db,
  subscriptions: Subscriptions,
  accountIds: readonly string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  const subscribers = subscriptions.all().filter(({ accountId }) => accountIds.includes(accountId));
  const guestIds = new Set(subscribers.filter(({ seesShared }) => seesShared).map(({ accountId }) => accountId));
  const seqs = await lastSeqsOf(read, accountIds);
  const snapshots = await readShareSnapshots(read, [...guestIds]);
  const changeSince = memoizeChanges(read);
  for (const subscriber of subscribers) {
    const seq = seqs.get(subscriber.accountId);
    if (seq === undefined) {
      subscriptions.end(subscriber, 'signedOut');
      continue;
    }
    const { shared, seesShared } = subscriber;
    const snapshot = snapshots.get(subscriber.accountId) ?? emptySnapshot;
    const isSharedChanged = seesShared && (shared === undefined || !isSameSnapshot(shared, snapshot));
    if (seq === subscriber.seq && !isSharedChanged) continue;
    if (!hasRoom(subscriber) || !(await subscriptions.isAuthorized(subscriber))) continue;
    if (seq !== subscriber.seq) {
      // A number that went back comes from a restored backup: anything may have changed.
      const change = await changeSince(subscriber.accountId, seq < subscriber.seq ? -1 : subscriber.seq, seq);
      if (subscriptions.isOpen(subscriber)) sendChange(subscriber, change);
    }
    if (isSharedChanged) {
      const change = await diffShareSnapshots(read, subscriber.shared, snapshot);
      if (!subscriptions.isOpen(subscriber)) continue;
      subscriber.shared = snapshot;
      // Without an id: the id from which a client resumes counts changes of its own mailbox only.
      if (change.access || change.mailboxes.length > 0) sendEvent(subscriber, 'shared', change);
    }
  }
}

/** Several streams of one account usually need the same change. */
function memoizeChanges(read: Db) {
  const changes = new Map<string, Promise<MailboxChange>>();
  return (accountId: string, since: number, seq: number): Promise<MailboxChange> => {
    const key = `${accountId} ${since}`;
    const change = changes.get(key) ?? mailboxChangeSince(read, accountId, since, seq);
    changes.set(key, change);
    return change;
  };
}

function sendChange(subscriber: Subscriber, { seq, folders, structure, groups }: MailboxChange): void {
  const isStructure = structure || groups !== subscriber.groups;
  subscriber.seq = seq;
  subscriber.groups = groups;
  sendEvent(subscriber, 'change', { seq, folders, structure: isStructure }, seq);
}
