import type { Kysely, Transaction } from 'kysely';
import { backoffMs } from '../../src/domain/async/backoff.ts';
import { addMs, msBetween } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import type { Tables } from '../db/tables.ts';
import { acquireNamedLock, runTransaction } from '../db/transaction.ts';
import { attemptSubjectOf } from './accounts.ts';
import { networkOf } from './formRequest.ts';

const second = 1000;
const minute = 60 * second;

/**
 * Free failures (or new accounts, successful or not) and the first lock after them; each further failure doubles the
 * lock.
 */
const rules = {
  account: { free: 5, firstMs: 30 * second, longestMs: 15 * minute },
  remote: { free: 50, firstMs: 30 * second, longestMs: 60 * minute },
  signUp: { free: 30, firstMs: minute, longestMs: 60 * minute },
  invitation: { free: 20, firstMs: minute, longestMs: 60 * minute },
} as const;

/** Counting starts again after this long without a failure. */
const forgottenAfter = 24 * 60 * minute;
/** Each address that anybody types has a count; the oldest go. */
const maxCounts = 50_000;

type Rule = (typeof rules)[keyof typeof rules];
type Attempt = { subject: string; rule: Rule };

export type Admission =
  /** Continue to check the password; `succeeded` undoes the count. */
  { ok: true; succeeded(): Promise<void> } | { ok: false; waitMs: number };

export type SignInThrottle = {
  /** Counts an attempt for an account and for the client address, before the password is checked. */
  admit(address: string, remote: string): Promise<Admission>;
  /** Counts a new account for the client address, before its password is hashed. */
  admitSignUp(remote: string): Promise<Admission>;
  /** Counts an invitation for its sender, before it is known whether the address has an account. */
  admitInvitation(accountId: string): Promise<Admission>;
  /** Deletes expired counts. */
  clean(): Promise<void>;
};

/**
 * Slows down guessing. An attempt is counted before the password is checked and uncounted when it was right, so that a
 * hundred concurrent guesses count as a hundred. Unknown addresses are counted alike, so nothing is revealed.
 */
export function createSignInThrottle(db: Kysely<Tables>, clock: Clock): SignInThrottle {
  async function admitAll(attempts: readonly Attempt[]): Promise<Admission> {
    const now = clock.now();
    const waitMs = await runTransaction(db, async (trx) => {
      for (const { subject } of attempts) await acquireNamedLock(trx, subject);
      const waitsMs = [0];
      for (const { subject } of attempts) waitsMs.push(await lockLeft(trx, subject, now));
      const longest = Math.max(...waitsMs);
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
      const counts = db.selectFrom('sign_in_attempts').select('first_at').orderBy('first_at', 'desc');
      const last = await counts.limit(1).offset(maxCounts).executeTakeFirst();
      if (last === undefined) return;
      await db.deleteFrom('sign_in_attempts').where('first_at', '<=', last.first_at).execute();
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
  const counted = await rows.executeTakeFirst();
  const isFresh = counted === undefined || msBetween(counted.first_at, now) > forgottenAfter;
  const failures = isFresh ? 1 : counted.failures + 1;
  const lock = failures < rule.free ? 0 : backoffMs(rule, failures - rule.free + 1);
  // `first_at` is the time of the last count, so the counts of a persistent guesser do not expire.
  const row = { failures, first_at: now, locked_until: lock === 0 ? null : addMs(now, lock) };
  await trx
    .insertInto('sign_in_attempts')
    .values({ subject, ...row })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(row))
    .execute();
}

/** A right password resets the count of its account; the client address only gets this one attempt back. */
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
      // A lock set by this attempt is removed; one set by others stays.
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
