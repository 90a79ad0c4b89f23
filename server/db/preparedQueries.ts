import { CompiledQuery, type Compilable } from 'kysely';
import type { Db } from './tables.ts';

/** SQL by dialect adapter: each Kysely instance has one, which its transactions share. */
const texts = new WeakMap<object, Map<string, string>>();

/**
 * Runs a query whose SQL is always the same. Kysely compiles it once only, which takes longer than its execution in
 * SQLite. For the few queries of every request.
 * @param name of the query, unique in the service.
 * @param build the query with any values, in the order of `values`.
 */
export async function runPreparedQuery<Row>(
  db: Db,
  name: string,
  build: () => Compilable<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  const { adapter } = db.getExecutor();
  const known = texts.get(adapter) ?? new Map<string, string>();
  texts.set(adapter, known);
  const text = known.get(name) ?? build().compile().sql;
  known.set(name, text);
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
  return rows;
}
