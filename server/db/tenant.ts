import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/domain/time/time.ts';
import type { Db } from './tables.ts';

/** The `tid` of `Users('oid@tid')`: created at first start and stored, so that ids in responses never change. */
export async function tenantIdOf(db: Db, clock: Clock): Promise<string> {
  const name = 'tenantId';
  await db
    .insertInto('secrets')
    .values({ name, value: randomUUID(), created_at: clock.now() })
    .onConflict((oc) => oc.column('name').doNothing())
    .execute();
  return (await db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirstOrThrow()).value;
}
