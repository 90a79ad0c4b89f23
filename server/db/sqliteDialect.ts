import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { isUnreadable } from './databaseErrors.ts';
import { withWriteLock } from './lockRetry.ts';
import type { SlowStatements } from './slowStatements.ts';
import { StatementTooLong } from './statementGuard.ts';
import { resumeCounting } from '../load/fairShare.ts';

/** Exclusive use of the writing connection until it is released. */
type Lease = DatabaseConnection & { inTransaction: boolean; isOver: boolean; failure?: unknown };
type WaitingTransaction = { resolve: () => void; reject: (reason: unknown) => void };

/**
 * Kysely over `node:sqlite` for the one writing connection of a process.
 *
 * Transactions queue, and those that arrive together share one `begin immediate … commit`: each is a savepoint in it, and
 * resolves only after the shared commit is on disk. So each is as durable as with a separate commit, at a fraction of
 * the fsyncs; a transaction that fails rolls back its own savepoint only.
 * @param onCommit called before a commit is acknowledged.
 */
export function writerDialect(database: DatabaseSync, guard: Guard, onCommit: () => void): Dialect {
  return dialectOf(() => writerDriver(database, guard, onCommit));
}

/** What every statement begins with. */
type Guard = { start: () => void };

/**
 * Kysely over a read-only connection: single statements, no transactions. What takes too long here runs again in
 * `slow`.
 */
export function readerDialect(database: DatabaseSync, guard: Guard, snapshot: Snapshot, slow: SlowStatements): Dialect {
  return dialectOf(() => readerDriver(database, guard, snapshot, slow));
}

/** One snapshot of the database for all statements of one turn of the event loop. */
export type Snapshot = { begin: () => void; end: () => void };

/**
 * A single statement locks and unlocks the database, which takes longer than most statements. So those of one turn
 * share one read transaction. It ends with the turn, or when this process commits, so acknowledged writes are visible.
 */
export function createSnapshot(database: DatabaseSync): Snapshot {
  const begin = database.prepare('begin');
  const rollback = createRollback(database);
  let timer: NodeJS.Immediate | undefined;

  function end(): void {
    if (timer === undefined) return;
    clearImmediate(timer);
    timer = undefined;
    rollback.tryRun();
  }

  return {
    begin() {
      if (timer !== undefined) {
        if (database.isTransaction) return;
        end();
      }
      rollback.run();
      begin.run();
      timer = setImmediate(end);
    },
    end,
  };
}

/** Whose turn it is to use the connection: one at a time, in order of asking. */
function createTurns(): { isTaken: () => boolean; take: () => Promise<void>; pass: () => void } {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  return {
    isTaken: () => isTaken,
    async take() {
      if (isTaken) await new Promise<void>((resolve) => waiting.push(resolve));
      isTaken = true;
    },
    pass() {
      const next = waiting.shift();
      if (next === undefined) isTaken = false;
      else next();
    },
  };
}

/** Ends a transaction that a failure has left open; after some failures SQLite has ended it by itself. */
function createRollback(database: DatabaseSync): { run: () => void; tryRun: () => void } {
  const rollback = database.prepare('rollback');
  const run = () => {
    if (database.isTransaction) rollback.run();
  };
  return {
    run,
    tryRun() {
      try {
        run();
      } catch {
        // No request waits for this: the next query tries again, and reports the failure.
      }
    },
  };
}

function dialectOf(createDriver: () => Driver): Dialect {
  return {
    createDriver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new QueueingAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/**
 * Kysely's own adapter would serialise connections before this driver can group them, and assumes no transactional DDL.
 */
class QueueingAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const leases = new WeakMap<DatabaseConnection, Lease>();

/** Kysely passes back what `acquireConnection` returned. */
function leaseOf(connection: DatabaseConnection): Lease {
  const lease = leases.get(connection);
  if (lease === undefined) throw new Error('The connection is not one of this driver.');
  return lease;
}

function writerDriver(database: DatabaseSync, guard: Guard, onCommit: () => void): Driver {
  const run = statementRunner(database, guard);
  const rollback = createRollback(database);
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  const savepoint = database.prepare('savepoint one');
  const release = database.prepare('release one');
  const turns = createTurns();
  let isOpen = false;
  let isFlushDue = false;
  let flushTimer: NodeJS.Immediate | undefined;
  let waiting: WaitingTransaction[] = [];

  function endWaiting(settle: (waiting: WaitingTransaction) => void): void {
    const ended = waiting;
    waiting = [];
    isOpen = false;
    isFlushDue = false;
    clearImmediate(flushTimer);
    flushTimer = undefined;
    for (const waiting of ended) settle(waiting);
  }

  function flush(): void {
    if (!isOpen) return;
    try {
      commit.run();
      onCommit();
      endWaiting((waiting) => waiting.resolve());
    } catch (error) {
      endWaiting((waiting) => waiting.reject(error));
      rollback.tryRun();
    }
  }

  function runIn<R>(lease: Lease, query: CompiledQuery): QueryResult<R> {
    try {
      return run<R>(query);
    } catch (error) {
      lease.failure = error;
      throw error;
    }
  }

  function releaseLease(lease: Lease): void {
    if (lease.isOver) return;
    lease.isOver = true;
    if (isFlushDue) flush();
    turns.pass();
  }

  return {
    async init() {},
    async acquireConnection() {
      await turns.take();
      const lease: Lease = {
        inTransaction: false,
        isOver: false,
        async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
          // A single statement must not become part of another's open transaction.
          if (lease.inTransaction) return runIn<R>(lease, query);
          flush();
          rollback.run();
          const result = await withWriteLock(() => run<R>(query));
          onCommit();
          return result;
        },
        streamQuery: refuseStreaming,
      };
      leases.set(lease, lease);
      return lease;
    },
    async beginTransaction(connection) {
      const lease = leaseOf(connection);
      if (!isOpen) {
        rollback.run();
        await withWriteLock(() => begin.run());
        isOpen = true;
      }
      savepoint.run();
      lease.inTransaction = true;
    },
    async commitTransaction(connection) {
      const lease = leaseOf(connection);
      release.run();
      lease.inTransaction = false;
      const committed = new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
      // After this turn of the event loop: requests read from their sockets together commit together.
      flushTimer ??= setImmediate(() => {
        if (turns.isTaken()) isFlushDue = true;
        else flush();
      });
      releaseLease(lease);
      await committed;
    },
    async rollbackTransaction(connection) {
      const lease = leaseOf(connection);
      if (!lease.inTransaction) return;
      lease.inTransaction = false;
      if (!database.isTransaction) {
        // After some failures (disk full, I/O) SQLite has rolled back all savepoints: all of them fail.
        endWaiting((waiting) => waiting.reject(lease.failure));
      } else if (waiting.length === 0) {
        database.exec('rollback');
        isOpen = false;
      } else {
        database.exec('rollback to one');
        release.run();
      }
    },
    async releaseConnection(connection) {
      releaseLease(leaseOf(connection));
    },
    async destroy() {
      flush();
      database.close();
    },
  };
}

function readerDriver(database: DatabaseSync, guard: Guard, snapshot: Snapshot, slow: SlowStatements): Driver {
  const run = statementRunner(database, guard);
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      snapshot.begin();
      try {
        return run<R>(query);
      } catch (error) {
        if (!(error instanceof StatementTooLong)) throw error;
        const rows = await slow.all(query.sql, query.parameters.map(inputValueOf));
        resumeCounting();
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Kysely infers R from the query that it compiled
        return { rows: rows as R[] };
      }
    },
    streamQuery: refuseStreaming,
  };
  return {
    async init() {},
    async acquireConnection() {
      return connection;
    },
    beginTransaction: refuseTransaction,
    commitTransaction: refuseTransaction,
    rollbackTransaction: refuseTransaction,
    async releaseConnection() {},
    async destroy() {
      snapshot.end();
      await slow.close();
      database.close();
    },
  };
}

/** Runs compiled queries with cached prepared statements: the service repeats a few dozen texts. */
function statementRunner(database: DatabaseSync, guard: Guard): <R>(query: CompiledQuery) => QueryResult<R> {
  const limit = 256;
  const prepared = new Map<string, { statement: StatementSync; reads: boolean }>();

  function prepare(text: string): { statement: StatementSync; reads: boolean } {
    const cached = prepared.get(text);
    if (cached !== undefined) return cached;
    if (prepared.size >= limit) prepared.clear();
    const statement = database.prepare(text);
    const compiled = { statement, reads: statement.columns().length > 0 };
    prepared.set(text, compiled);
    return compiled;
  }

  return <R>(query: CompiledQuery): QueryResult<R> => {
    try {
      const { statement, reads } = prepare(query.sql);
      const values = query.parameters.map(inputValueOf);
      guard.start();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Kysely infers R from the query that it compiled
      if (reads) return { rows: statement.all(...values) as R[] };
      const { changes } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes) };
    } catch (error) {
      if (isUnreadable(error)) Object.assign(error, { query: query.sql });
      throw error;
    }
  };
}

/** @throws TypeError for a value that SQLite has no type for. */
function inputValueOf(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`SQLite stores no ${typeof value}.`);
}

async function refuseTransaction(): Promise<never> {
  throw new Error('The read-only connection takes single statements.');
}

/** No part of the service reads rows one by one. */
async function* refuseStreaming<R>(): AsyncGenerator<QueryResult<R>, void, void> {
  yield* [];
  throw new Error('Streaming rows is not supported.');
}
