import { PostgresAdapter, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Whether this is PostgreSQL, for the few places where the two databases differ (docs/decisions/0020-postgresql.md).
 */
export function isPostgres(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
