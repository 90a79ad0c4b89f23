import { CompiledQuery, type Compilable } from 'kysely';
import type { Db } from './tables.ts';

/** Texts by database kind: each Kysely instance has one adapter, which its transactions share. */
const texts = new WeakMap<object, Map<string, string>>();

/**
 * Runs a query whose text never changes, only its values: Kysely writes the text the first time, which takes longer than
 * SQLite needs to carry it out. For the few queries of every request.
 * @param name of the query, unique in the service.
 * @param build the query with any values, in the order in which `values` has them.
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
