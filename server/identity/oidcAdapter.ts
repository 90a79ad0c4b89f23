import type { Kysely } from 'kysely';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { addMs, msBetween } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import type { OidcRow, Tables } from '../db/tables.ts';

const epoch: Instant = '1970-01-01T00:00:00.000Z';

/** The provider's storage in table `oidc_rows`: one row per session, grant, code, refresh token and interaction. */
export function createAdapterFactory(db: Kysely<Tables>, clock: Clock): AdapterFactory {
  return (model) => createAdapter(db, clock, model);
}

/** Deletes expired rows. The provider checks expiry itself when it reads, so this only keeps the table small. */
export async function deleteExpiredRows(db: Kysely<Tables>, clock: Clock): Promise<void> {
  await db.deleteFrom('oidc_rows').where('expires_at', '<=', clock.now()).execute();
}

function createAdapter(db: Kysely<Tables>, clock: Clock, model: string): Adapter {
  const rows = db.selectFrom('oidc_rows').selectAll().where('model', '=', model);
  const rowWith = async (column: 'id' | 'uid' | 'user_code', value: string) =>
    readPayload(await rows.where(column, '=', value).executeTakeFirst());

  return {
    find: (id) => rowWith('id', id),
    findByUid: (uid) => rowWith('uid', uid),
    findByUserCode: (userCode) => rowWith('user_code', userCode),

    async upsert(id, payload, expiresIn) {
      const row = {
        payload: JSON.stringify(payload),
        account_id: payload.accountId ?? payload.session?.accountId ?? null,
        grant_id: payload.grantId ?? null,
        uid: payload.uid ?? null,
        user_code: payload.userCode ?? null,
        expires_at: expiresIn === undefined ? null : addMs(clock.now(), expiresIn * 1000),
      };
      await db
        .insertInto('oidc_rows')
        .values({ model, id, consumed_at: null, ...row })
        .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(row))
        .execute();
    },

    async consume(id) {
      const consumed = { consumed_at: clock.now() };
      await db.updateTable('oidc_rows').set(consumed).where('model', '=', model).where('id', '=', id).execute();
    },

    async destroy(id) {
      await db.deleteFrom('oidc_rows').where('model', '=', model).where('id', '=', id).execute();
    },

    async revokeByGrantId(grantId) {
      // Called once per kind of token; each call deletes its own kind only.
      await db.deleteFrom('oidc_rows').where('model', '=', model).where('grant_id', '=', grantId).execute();
    },
  };
}

function readPayload(row: OidcRow | undefined): AdapterPayload | undefined {
  if (row === undefined) return undefined;
  const payload: AdapterPayload = JSON.parse(row.payload);
  return row.consumed_at === null
    ? payload
    : { ...payload, consumed: Math.floor(msBetween(epoch, row.consumed_at) / 1000) };
}
