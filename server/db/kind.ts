import { PostgresAdapter, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Whether this is PostgreSQL: for the few places where the two databases do not speak alike (docs/decisions/0020). */
export function isPostgres(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
