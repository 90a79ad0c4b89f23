import { isIPv6 } from 'node:net';
import type { Kysely, Transaction } from 'kysely';
import { addMs, msBetween } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import type { Tables } from '../db/tables.ts';
import { acquireNamedLock, runTransaction } from '../db/transaction.ts';
import { attemptSubjectOf } from './accounts.ts';

const second = 1000;
const minute = 60 * second;

/** How many wrong passwords (or new accounts, right or wrong) are free, and how long one more locks: twice as long each time. */
const rules = {
  account: { free: 5, firstLock: 30 * second, longestLock: 15 * minute },
  remote: { free: 50, firstLock: 30 * second, longestLock: 60 * minute },
  signUp: { free: 30, firstLock: minute, longestLock: 60 * minute },
  invitation: { free: 20, firstLock: minute, longestLock: 60 * minute },
} as const;

/** After so long without a wrong password the count begins again. */
const forgottenAfter = 24 * 60 * minute;

type Rule = (typeof rules)[keyof typeof rules];
type Attempt = { subject: string; rule: Rule };

export type Admission =
  /** Go on and check the password; `succeeded` takes the count back. */
  { ok: true; succeeded(): Promise<void> } | { ok: false; waitMs: number };

export type SignInThrottle = {
  /** Counts a try for an account and for where it comes from, before the password is checked. */
  admit(address: string, remote: string): Promise<Admission>;
  /** Counts a new account for where it comes from, before its password is hashed. */
  admitSignUp(remote: string): Promise<Admission>;
  /** Counts an invitation for who sends it, before it is known whether anybody has the address. */
  admitInvitation(accountId: string): Promise<Admission>;
  /** Deletes counts that no longer matter. */
  clean(): Promise<void>;
};

/**
 * Slows down guessing. A try is counted before the password is checked and taken back when it was right, so that a hundred
 * guesses sent at once count as a hundred. Addresses without an account are counted like any other, so nothing is told by it.
 */
export function createSignInThrottle(db: Kysely<Tables>, clock: Clock): SignInThrottle {
  async function admitAll(attempts: readonly Attempt[]): Promise<Admission> {
    const now = clock.now();
    const waitMs = await runTransaction(db, async (trx) => {
      for (const { subject } of attempts) await acquireNamedLock(trx, subject);
      const waits = [0];
      for (const { subject } of attempts) waits.push(await lockLeft(trx, subject, now));
      const longest = Math.max(...waits);
      if (longest === 0) for (const attempt of attempts) await count(trx, attempt, now);
      return longest;
    });
    return waitMs > 0 ? { ok: false, waitMs } : { ok: true, succeeded: () => uncount(db, attempts, now) };
  }

  return {
    admit: (address, remote) =>
      admitAll([{ subject: attemptSubjectOf(address), rule: rules.account }, ...fromNetwork(remote, 'remote')]),
    admitSignUp: (remote) => admitAll(fromNetwork(remote, 'signUp')),
    admitInvitation: (accountId) => admitAll([{ subject: `invitation:${accountId}`, rule: rules.invitation }]),
    async clean() {
      const longAgo = addMs(clock.now(), -forgottenAfter);
      await db.deleteFrom('sign_in_attempts').where('first_at', '<', longAgo).execute();
    },
  };
}

async function lockLeft(trx: Transaction<Tables>, subject: string, now: Instant): Promise<number> {
  const rows = trx.selectFrom('sign_in_attempts').select('locked_until').where('subject', '=', subject);
  const until = (await rows.executeTakeFirst())?.locked_until ?? now;
  return Math.max(0, msBetween(now, until));
}

async function count(trx: Transaction<Tables>, { subject, rule }: Attempt, now: Instant): Promise<void> {
  const rows = trx.selectFrom('sign_in_attempts').selectAll().where('subject', '=', subject);
  const found = await rows.executeTakeFirst();
  const isFresh = found === undefined || msBetween(found.first_at, now) > forgottenAfter;
  const failures = isFresh ? 1 : found.failures + 1;
  const doublings = failures - rule.free;
  const lock = doublings < 0 ? 0 : Math.min(rule.firstLock * 2 ** doublings, rule.longestLock);
  // `first_at` is when the count was last touched: a guesser who keeps at it is not forgotten.
  const row = { failures, first_at: now, locked_until: lock === 0 ? null : addMs(now, lock) };
  await trx
    .insertInto('sign_in_attempts')
    .values({ subject, ...row })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(row))
    .execute();
}

/** The right password clears its account's count; the remote address is given back only this one try. */
async function uncount(db: Kysely<Tables>, attempts: readonly Attempt[], countedAt: Instant): Promise<void> {
  await runTransaction(db, async (trx) => {
    for (const { subject, rule } of attempts) {
      if (rule === rules.account) {
        await trx.deleteFrom('sign_in_attempts').where('subject', '=', subject).execute();
        continue;
      }
      await trx
        .updateTable('sign_in_attempts')
        .set((row) => ({ failures: row('failures', '-', 1) }))
        .where('subject', '=', subject)
        .where('failures', '>', 0)
        .execute();
      // A lock that this very try set goes with it; one that others set stays.
      await trx
        .updateTable('sign_in_attempts')
        .set({ locked_until: null })
        .where('subject', '=', subject)
        .where('first_at', '=', countedAt)
        .execute();
    }
  });
}

function fromNetwork(remote: string, kind: 'remote' | 'signUp'): Attempt[] {
  const network = networkOf(remote);
  return network === undefined ? [] : [{ subject: `${kind}:${network}`, rule: rules[kind] }];
}

/**
 * The network a try is counted under. IPv6 counts by /64, which one household gets whole. Loopback is not counted: it is
 * either this machine's owner or a proxy that does not say who asks, and then one guesser would lock out everybody.
 */
function networkOf(remote: string): string | undefined {
  const address = remote.replace(/^::ffff:(?=\d)/i, '').toLowerCase();
  if (address === '' || address === '::1' || address.startsWith('127.')) return undefined;
  return isIPv6(address)
    ? new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1).split(':').slice(0, 4).join(':')
    : address;
}
