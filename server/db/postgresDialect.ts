import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  type DataTypeNode,
  type Dialect,
  type KyselyPlugin,
} from 'kysely';
import { Pool, types, type PoolConfig } from 'pg';
import { resumeCounting } from '../load/fairShare.ts';
import type { Tables } from './tables.ts';

/** PostgreSQL as this service uses it (docs/decisions/0020-postgresql.md). */

/** Connections for writes, and as many for reads: a writer waiting for a mailbox blocks no reader. */
const maxConnections = 10;

/** Milliseconds. */
const connectTimeout = 5_000;
/** How long a write waits for another one to the same mailbox. Milliseconds. */
const lockTimeout = 10_000;
/** Transactions never wait for anything but the database: an idle one has lost its process. Milliseconds. */
const idleTimeout = 60_000;

/**
 * @param onLost called when a connection breaks. The statement on it fails, and the next one gets another connection.
 */
export function openPostgres(url: string, onLost: (error: unknown) => void) {
  const plugins = [countingPlugin];
  const db = new Kysely<Tables>({ dialect: dialectOf(createPool(url, onLost), false), plugins });
  const read = new Kysely<Tables>({ dialect: dialectOf(createPool(url, onLost), true), plugins });
  return {
    db,
    read,
    async close() {
      await read.destroy();
      await db.destroy();
    },
  };
}

/** What is done with the rows counts for the request that waited for them (docs/decisions/0058-cpu-budget.md). */
const countingPlugin: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  async transformResult({ result }) {
    resumeCounting();
    return result;
  },
};

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
  // The pool reports errors of idle connections; between two statements of a connection in use only the connection
  // does. An error event without a listener would end the process.
  pool.on('connect', (client) => client.on('error', onLost));
  pool.on('error', () => {});
  return pool;
}

const bigint: number = types.builtins.INT8;

/** Reads `bigint` as a number: feed numbers, sizes and counts stay far below 2^53. */
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
 * Text columns are compared by bytes, as in SQLite, and not by the server's locale: ids, instants and folded texts have
 * no language, and a cursor must mean the same on every server.
 */
class ByteOrderCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    if (node.dataType === 'text' && this.parentNode?.kind === 'ColumnDefinitionNode') this.append(' collate "C"');
  }
}

/**
 * `migrate` holds its own lock to the end of its transaction; Kysely's would be one for all schemas of the database.
 */
class OwnLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}
