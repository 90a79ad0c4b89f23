import type { Selectable, Transaction } from 'kysely';
import { AppError, notFound } from '../config/appError.ts';
import { runPreparedQuery } from '../db/preparedQueries.ts';
import type { Db, Tables, UsageColumns } from '../db/tables.ts';
import { isPostgres } from '../db/isPostgres.ts';
import { runTransaction } from '../db/transaction.ts';
import { usageColumns, type UsagePart } from './usageTables.ts';

/** How much one mailbox may keep, of everything together. */
export type MailboxLimits = {
  bytes: number;
  /** Tasks, folders, attachments and all else with a row of its own. */
  items: number;
  /** Whether the disk is almost full; growing writes are refused then (diskReserve.ts). */
  isDiskFull?: (() => boolean) | undefined;
};

/** A mailbox by its owner, and the guest who writes to it, if any. */
type Writer = { accountId: string; guestId?: string | undefined };

/** Entries and bytes. */
export type Amount = { items: number; bytes: number };

/** What a mailbox keeps: what a person put there, which has a limit, and all by part. */
export type MailboxUsage = { content: Amount; parts: Readonly<Record<UsagePart, Amount>> };

/** Parts of the mailbox's limits: up to the first, guests may add to it; the second is the share of each guest. */
const guestShares = { together: 3 / 4, each: 1 / 4 } as const;

/** No single write adds as much: with more left than this, nothing needs to be counted. */
const largestWrite: Amount = { items: 1_000, bytes: 64 * 1024 * 1024 };

const limitsOfDatabase = new WeakMap<object, MailboxLimits>();

/** From now on every write to a mailbox of this database keeps to these limits. */
export function limitMailboxes(db: Db, limits: MailboxLimits): void {
  limitsOfDatabase.set(db.getExecutor().adapter, limits);
}

type UsageValues = Selectable<UsageColumns>;

/** What the counter row says. */
export function usageOf(row: UsageValues): MailboxUsage {
  const part = (name: UsagePart): Amount => ({ items: row[`${name}_items`], bytes: row[`${name}_bytes`] });
  const [tasks, bin, files, places, other] = [part('tasks'), part('bin'), part('files'), part('places'), part('other')];
  return { parts: { tasks, bin, files, places, other }, content: sumOf(tasks, bin, files, places) };
}

/** What a mailbox keeps now. */
export async function readUsage(db: Db, accountId: string): Promise<MailboxUsage> {
  const find = () => db.selectFrom('counters').select(usageColumns).where('account_id', '=', accountId);
  const [row] = await runPreparedQuery(db, 'usage', find, [accountId]);
  if (row === undefined) throw notFound();
  return usageOf(row);
}

/** Limits of the mailboxes of a database, if there are any. */
export function mailboxLimitsOf(db: Db): MailboxLimits | undefined {
  return limitsOfDatabase.get(db.getExecutor().adapter);
}

/**
 * Tells the sender of a large file before it is sent. Nothing is claimed: what counts is what arrives.
 * @throws AppError 507 when so many bytes more are more than the mailbox may keep.
 */
export async function requireRoomFor(db: Db, { accountId, guestId }: Writer, bytes: number): Promise<void> {
  const limits = mailboxLimitsOf(db);
  if (limits === undefined) return;
  if (limits.isDiskFull?.() === true) throw diskFull();
  const more: Amount = { items: 1, bytes };
  const { content } = await readUsage(db, accountId);
  checkRoom(
    sumOf(content, more),
    limits,
    guestId === undefined ? undefined : sumOf(await readShare(db, accountId, guestId), more),
  );
}

/** @param share of the guest who writes; undefined for the owner. */
function checkRoom(content: Amount, limits: MailboxLimits, share: Amount | undefined): void {
  if (!hasRoom(content, limits)) throw mailboxFull('Mailbox has exceeded maximum mailbox size.');
  if (share === undefined) return;
  if (!hasRoom(content, scaled(limits, guestShares.together)))
    throw mailboxFull('The mailbox is almost full: only its owner can add to it.');
  if (!hasRoom(share, scaled(limits, guestShares.each)))
    throw mailboxFull('Your share of this mailbox is full. Its owner can still add to it.');
}

/** Remembers what the mailbox keeps before a write. */
export type UsageCheck = {
  /**
   * Call it after the write, in its transaction. What adds nothing is never refused: reading, deleting, signing in.
   * @throws AppError 507 when the write grew what the mailbox keeps, and that is more than it may keep.
   */
  after: () => Promise<void>;
};

/**
 * Runs what changes a mailbox without a position in its feed: bytes of an upload that arrive.
 * @throws AppError 507 when it adds to a mailbox that is full; any error of `work`.
 */
export function growMailbox<T>(db: Db, mailbox: Writer, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return runTransaction(db, async (trx) => {
    const check = await beginUsageCheck(trx, mailbox, await lockUsage(trx, mailbox.accountId));
    const result = await work(trx);
    await check?.after();
    return result;
  });
}

/** Locks the counter row first, as every write does, so that no two transactions wait for each other. */
async function lockUsage(trx: Db, accountId: string): Promise<MailboxUsage> {
  if (!isPostgres(trx)) return readUsage(trx, accountId);
  const find = () => trx.selectFrom('counters').select(usageColumns).where('account_id', '=', accountId).forUpdate();
  const [row] = await runPreparedQuery(trx, 'locked usage', find, [accountId]);
  if (row === undefined) throw notFound();
  return usageOf(row);
}

/** @param before of the owner's counter row, which this transaction has locked. */
export async function beginUsageCheck(
  trx: Db,
  { accountId, guestId }: Writer,
  before: MailboxUsage,
): Promise<UsageCheck | undefined> {
  const limits = mailboxLimitsOf(trx);
  if (limits === undefined) return undefined;
  const isDiskFull = limits.isDiskFull?.() === true;
  if (guestId === undefined && !isDiskFull && hasRoom(sumOf(before.content, largestWrite), limits)) return undefined;
  return {
    async after() {
      const { content } = await readUsage(trx, accountId);
      if (!isMore(content, before.content)) return;
      if (isDiskFull) throw diskFull();
      checkRoom(content, limits, guestId === undefined ? undefined : await readShare(trx, accountId, guestId));
    },
  };
}

async function readShare(db: Db, accountId: string, guestId: string): Promise<Amount> {
  const share = db.selectFrom('guest_usage').select(['items', 'bytes']).where('account_id', '=', accountId);
  return (await share.where('guest_id', '=', guestId).executeTakeFirst()) ?? { items: 0, bytes: 0 };
}

/** The mailbox keeps as much as it may (docs/protocol.md#errors). */
export function mailboxFull(message: string): AppError {
  return new AppError(507, 'ErrorQuotaExceeded', message);
}

function diskFull(): AppError {
  const message = 'The disk of the service is full. What is there can be read and deleted.';
  return new AppError(507, 'ErrorInsufficientResources', message);
}

function hasRoom({ items, bytes }: Amount, limit: Amount): boolean {
  return items <= limit.items && bytes <= limit.bytes;
}

function isMore(now: Amount, before: Amount): boolean {
  return now.items > before.items || now.bytes > before.bytes;
}

function scaled({ items, bytes }: Amount, by: number): Amount {
  return { items: Math.floor(items * by), bytes: Math.floor(bytes * by) };
}

function sumOf(...amounts: readonly Amount[]): Amount {
  return amounts.reduce((sum, { items, bytes }) => ({ items: sum.items + items, bytes: sum.bytes + bytes }));
}
