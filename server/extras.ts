import { canonicalZone } from '../src/domain/time.ts';
import type { Principal } from './auth.ts';
import type { Stores } from './call.ts';
import { accessDenied, notAllowed, notFound, unknownSegment, unknownZone, unreadableBody } from './errors.ts';
import type { Extras } from './extra.ts';
import { binRoutes } from './extrasBin.ts';
import { eventRoutes } from './extrasEvents.ts';
import { moveRoutes } from './extrasMove.ts';
import { searchRoutes } from './extrasSearch.ts';
import { readJson, readNothing, reply, replyJson, type Ctx } from './http.ts';
import { signOutEverywhere } from './identity/signOut.ts';
import { listTokens, revokeToken } from './identity/tokens.ts';

/** `/threefold/v1`: what no dialect has (architecture.md §9). Names are camelCase, errors are those of the dialects. */
export const extrasRoot = '/threefold/v1';

export const extraRoutes: Extras = {
  ...binRoutes,
  ...eventRoutes,
  ...moveRoutes,
  ...searchRoutes,
  settings: { GET: getSettings, PATCH: patchSettings },
  tokens: { GET: getTokens },
  'tokens/*': { DELETE: deleteToken },
  signout: { POST: postSignOut },
};

/** @param path of the request after the root, without a slash at its ends. */
export async function answerExtras(c: Ctx, stores: Stores, principal: Principal, path: string): Promise<Response> {
  const needed = c.req.method === 'GET' ? 'tasks.read' : 'tasks.readwrite';
  if (!principal.scopes.has(needed) && !principal.scopes.has('tasks.readwrite')) throw accessDenied();
  const [name = '', id, ...more] = path.split('/');
  const pattern = [name.toLowerCase(), ...(id === undefined ? [] : ['*']), ...more].join('/');
  const handlers = Object.hasOwn(extraRoutes, pattern) ? extraRoutes[pattern] : undefined;
  c.set('route', `${extrasRoot}/${handlers === undefined ? '?' : pattern}`);
  if (handlers === undefined) throw unknownSegment(name);
  const handler = Object.hasOwn(handlers, c.req.method) ? handlers[c.req.method] : undefined;
  if (handler === undefined) throw notAllowed(Object.keys(handlers));
  return handler(c, stores, principal, id ?? '');
}

/** `{ "timeZone": "Europe/Paris" | null }`; null until somebody says. */
async function getSettings(c: Ctx, { read }: Stores, { accountId }: Principal): Promise<Response> {
  const row = await read
    .selectFrom('settings')
    .select('value')
    .where('account_id', '=', accountId)
    .where('name', '=', 'timeZone')
    .executeTakeFirst();
  return replyJson(c, { timeZone: row?.value ?? null });
}

/** Windows and IANA names are taken; the IANA name is kept and answered. */
async function patchSettings(c: Ctx, stores: Stores, principal: Principal): Promise<Response> {
  const { json } = await readJson(c);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw unreadableBody('Settings are an object.');
  const unknown = Object.keys(json).find((name) => name !== 'timeZone');
  if (unknown !== undefined) throw unreadableBody(`The setting '${unknown}' does not exist.`);
  if ('timeZone' in json) await saveZone(stores, principal.accountId, json.timeZone);
  return getSettings(c, { ...stores, read: stores.db }, principal);
}

async function saveZone({ db }: Stores, accountId: string, zone: unknown): Promise<void> {
  const key = { account_id: accountId, name: 'timeZone' };
  if (zone === null) {
    await db.deleteFrom('settings').where('account_id', '=', accountId).where('name', '=', key.name).execute();
    return;
  }
  if (typeof zone !== 'string') throw unreadableBody('timeZone must be text or null.');
  const value = canonicalZone(zone);
  if (value === undefined) throw unknownZone(zone);
  await db
    .insertInto('settings')
    .values({ ...key, value })
    .onConflict((oc) => oc.columns(['account_id', 'name']).doUpdateSet({ value }))
    .execute();
}

async function getTokens(c: Ctx, { read }: Stores, { accountId }: Principal): Promise<Response> {
  return replyJson(c, { value: await listTokens(read, accountId) });
}

async function deleteToken(c: Ctx, { db }: Stores, { accountId }: Principal, id: string): Promise<Response> {
  if (!(await revokeToken(db, id, accountId))) throw notFound();
  return reply(c, null, 204);
}

/** Signs the account out everywhere, the asking session included. */
async function postSignOut(c: Ctx, { db, clock }: Stores, { accountId }: Principal): Promise<Response> {
  await readNothing(c);
  await signOutEverywhere(db, accountId, clock);
  return reply(c, null, 204);
}
