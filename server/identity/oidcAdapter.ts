import type { Kysely } from 'kysely';
import { errors } from 'oidc-provider';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { addMs, msBetween } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import type { OidcRow, Tables } from '../db/tables.ts';
import { runTransaction } from '../db/transaction.ts';
import { isSealedModel, type SealedModel, type SealedState } from './sealedState.ts';

const epoch: Instant = '1970-01-01T00:00:00.000Z';

/**
 * The provider's storage in table `oidc_rows`: one row per session, grant, code, refresh token and interaction. What
 * belongs to no account yet stays in the browser, so that nobody fills the disk without one.
 */
export function createAdapterFactory(db: Kysely<Tables>, clock: Clock, state: SealedState): AdapterFactory {
  return (model) => {
    const stored = createAdapter(db, clock, model);
    return isSealedModel(model) ? withSealedState(stored, model, state) : stored;
  };
}

/** The provider always names one. Seconds. */
const lifetime = 3_600;
/** Of an interaction's stored payload, in characters. */
const longestPayload = 8_000;

function withSealedState(stored: Adapter, model: SealedModel, state: SealedState): Adapter {
  return {
    ...stored,
    find: async (id) => (await stored.find(id)) ?? state.find(model, id),
    async upsert(id, payload, expiresIn) {
      const { login } = payload.result ?? {};
      const isOwned =
        payload.accountId !== undefined || payload.session?.accountId !== undefined || login !== undefined;
      if (!isOwned) return state.save(model, id, payload, expiresIn ?? lifetime);
      if (model === 'Interaction' && JSON.stringify(payload).length > longestPayload)
        throw new errors.InvalidRequest('the request is too long');
      return stored.upsert(id, payload, expiresIn);
    },
    async destroy(id) {
      state.remove(model, id);
      await stored.destroy(id);
    },
  };
}

/** Deletes expired rows, and the oldest of an account with too many. The provider checks expiry itself when it reads, so this only keeps the table small. */
export async function deleteExpiredRows(db: Kysely<Tables>, clock: Clock): Promise<void> {
  await runTransaction(db, (trx) => trx.deleteFrom('oidc_rows').where('expires_at', '<=', clock.now()).execute());
  await limitRowsOfAccounts(db);
}

/** Sessions, grants or tokens of one account, each: more browsers than anybody uses. */
const rowsOfAccount = 200;

/** Deletes the oldest rows of an account that signs in again and again. */
export async function limitRowsOfAccounts(db: Kysely<Tables>, max = rowsOfAccount): Promise<void> {
  const many = await db
    .selectFrom('oidc_rows')
    .select(['account_id', 'model'])
    .where('account_id', 'is not', null)
    .groupBy(['account_id', 'model'])
    .having((eb) => eb.fn.countAll(), '>', max)
    .execute();
  for (const { account_id, model } of many) {
    const own = db.selectFrom('oidc_rows').where('account_id', '=', account_id).where('model', '=', model);
    const last = await own.select('expires_at').orderBy('expires_at', 'desc').limit(1).offset(max).executeTakeFirst();
    if (last === undefined) continue;
    await runTransaction(db, (trx) =>
      trx
        .deleteFrom('oidc_rows')
        .where('account_id', '=', account_id)
        .where('model', '=', model)
        .where('expires_at', '<=', last.expires_at)
        .execute(),
    );
  }
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
