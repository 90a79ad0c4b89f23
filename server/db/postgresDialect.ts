import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  type DataTypeNode,
  type Dialect,
} from 'kysely';
import { Pool, types, type PoolConfig } from 'pg';
import type { Tables } from './tables.ts';

/** PostgreSQL as the service uses it (docs/decisions/0020-postgresql.md). */

/** Connections for writes, and as many for reads: a writer that waits for a mailbox blocks no reader. */
const maxConnections = 10;

/** Milliseconds. */
const connectTimeout = 5_000;
/** A write waits this long for another one to the same mailbox. Milliseconds. */
const lockTimeout = 10_000;
/** A transaction of ours waits for nothing but the database: one that is idle has lost its process. Milliseconds. */
const idleTimeout = 60_000;

/** @param onLost told of a connection that broke; whoever was using it hears of it too, and the next one gets another. */
export function openPostgres(url: string, onLost: (error: unknown) => void) {
  const db = new Kysely<Tables>({ dialect: dialectOf(createPool(url, onLost), false) });
  const read = new Kysely<Tables>({ dialect: dialectOf(createPool(url, onLost), true) });
  return {
    db,
    read,
    async close() {
      await read.destroy();
      await db.destroy();
    },
  };
}

function createPool(url: string, onLost: (error: unknown) => void): Pool {
  const config: PoolConfig = {
    connectionString: url,
    fallback_application_name: 'threefold',
    max: maxConnections,
    connectionTimeoutMillis: connectTimeout,
    lock_timeout: lockTimeout,
    idle_in_transaction_session_timeout: idleTimeout,
    keepAlive: true,
    types: { getTypeParser },
  };
  const pool = new Pool(config);
  // Of a connection at rest the pool tells, of one in use between two statements only the connection itself. Unheard, both
  // would end the process.
  pool.on('connect', (client) => client.on('error', onLost));
  pool.on('error', () => {});
  return pool;
}

const bigint: number = types.builtins.INT8;

/** `bigint` is read as a number: numbers of feeds, sizes and counts stay far below 2^53. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === bigint ? Number : types.getTypeParser(oid, format);

function dialectOf(pool: Pool, isReadOnly: boolean): Dialect {
  const dialect = new PostgresDialect({
    pool,
    ...(isReadOnly && {
      async onCreateConnection(connection) {
        await connection.executeQuery(CompiledQuery.raw('set session characteristics as transaction read only'));
      },
    }),
  });
  return {
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => new ByteOrderCompiler(),
    createAdapter: () => new OwnLockAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

/**
 * Columns of text are compared by their bytes, as SQLite does, and not by the rules of whichever language the server was set
 * up for: ids, instants and folded texts have no language, and a cursor must mean the same everywhere.
 */
class ByteOrderCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    if (node.dataType === 'text' && this.parentNode?.kind === 'ColumnDefinitionNode') this.append(' collate "C"');
  }
}

/** `migrate` holds a lock of its own, to the end of its transaction; Kysely's would be one for all schemas of the database. */
class OwnLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}
