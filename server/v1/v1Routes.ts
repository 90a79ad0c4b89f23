import { canonicalZone } from '../../src/domain/time/time.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import type { ServiceContext } from '../http/requestContext.ts';
import {
  malformedId,
  methodNotAllowed,
  notFound,
  unknownSegment,
  unknownTimeZone,
  malformedBody,
} from '../config/appError.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { binRoutes, restoreRoutes } from './binRoutes.ts';
import { categoryRoutes } from './categoryRoutes.ts';
import { eventRoutes } from './eventRoutes.ts';
import { moveRoutes } from './moveRoutes.ts';
import { searchRoutes } from './searchRoutes.ts';
import { storageRoutes } from './storageRoutes.ts';
import { readJsonBody, readEmptyBody, reply, replyJson, type HonoContext } from '../http/http.ts';
import { signOutEverywhere } from '../identity/signOut.ts';
import { listTokens, revokeToken } from '../identity/personalTokens.ts';
import { authorRoutes } from './authorRoutes.ts';
import { requireScope, isOwnKey, openMailbox, ownMailbox } from '../access/openMailbox.ts';
import { permissionRoutes, sharingRoutes } from './sharingRoutes.ts';

/**
 * `/threefold/v1`: endpoints that no dialect has (docs/architecture.md#endpoints-of-our-own). Names are camelCase;
 * errors are those of the dialects.
 */
export const v1Root = '/threefold/v1';

export const v1Routes: V1Routes = {
  ...authorRoutes,
  ...binRoutes,
  ...categoryRoutes,
  ...eventRoutes,
  ...moveRoutes,
  ...searchRoutes,
  ...sharingRoutes,
  ...storageRoutes,
  settings: { GET: getSettings, PATCH: patchSettings },
  tokens: { GET: getTokens },
  'tokens/*': { DELETE: deleteToken },
  signout: { POST: postSignOut },
};

/** Routes that also exist below `/users/{key}`, for the caller's own mailbox and for shared ones. */
export const v1MailboxRoutes: V1Routes = { ...authorRoutes, ...moveRoutes, ...restoreRoutes, ...permissionRoutes };

/** @param path of the request after the root, without slashes at its ends. */
export async function handleV1Request(
  c: HonoContext,
  stores: ServiceContext,
  principal: Principal,
  path: string,
): Promise<Response> {
  const { user, names, keys } = readPath(path);
  const isOwn = user === undefined || isOwnKey(user, principal, stores.tenantId);
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  requireScope(method, principal, isOwn);
  const mailbox = isOwn ? ownMailbox(principal) : await openMailbox(stores.read, user, principal, stores.tenantId);
  c.set('mailbox', mailbox.accountId);
  const pattern = names.join('/');
  const table = user === undefined ? v1Routes : v1MailboxRoutes;
  const handlers = Object.hasOwn(table, pattern) ? table[pattern] : undefined;
  c.set('route', `${v1Root}/${handlers === undefined ? '?' : pattern}`);
  if (handlers === undefined) throw unknownSegment(names[0] ?? '');
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (handler === undefined) throw methodNotAllowed(Object.keys(handlers));
  return handler(c, stores, principal, keys[0] ?? '', { mailbox, key: keys[1] ?? '' });
}

/**
 * Sets and keys alternate: `users/{key}/taskfolders/{id}/permissions/{id}`. Only the user's key may be more than an id.
 */
function readPath(path: string): { user: string | undefined; names: readonly string[]; keys: readonly string[] } {
  const segments = path.split('/');
  const isOfUser = segments[0]?.toLowerCase() === 'users' && segments.length > 2;
  const [user, rest] = isOfUser ? [decodedKey(segments[1] ?? ''), segments.slice(2)] : [undefined, segments];
  return {
    user,
    names: rest.map((segment, at) => (at % 2 === 0 ? segment.toLowerCase() : '*')),
    keys: rest.filter((_, at) => at % 2 === 1),
  };
}

function decodedKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformedId();
  }
}

/** `{ "timeZone": "Europe/Paris" | null }`; null until it is set. */
async function getSettings(c: HonoContext, { read }: ServiceContext, { accountId }: Principal): Promise<Response> {
  const row = await read
    .selectFrom('settings')
    .select('value')
    .where('account_id', '=', accountId)
    .where('name', '=', 'timeZone')
    .executeTakeFirst();
  return replyJson(c, { timeZone: row?.value ?? null });
}

/** Accepts Windows and IANA names; stores and returns the IANA name. */
async function patchSettings(c: HonoContext, stores: ServiceContext, principal: Principal): Promise<Response> {
  const { json } = await readJsonBody(c);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw malformedBody('Settings are an object.');
  const unknown = Object.keys(json).find((name) => name !== 'timeZone');
  if (unknown !== undefined) throw malformedBody(`The setting '${unknown}' does not exist.`);
  if ('timeZone' in json) await saveZone(stores, principal.accountId, json.timeZone);
  return getSettings(c, { ...stores, read: stores.db }, principal);
}

async function saveZone({ db }: ServiceContext, accountId: string, zone: unknown): Promise<void> {
  const key = { account_id: accountId, name: 'timeZone' };
  if (zone === null) {
    await db.deleteFrom('settings').where('account_id', '=', accountId).where('name', '=', key.name).execute();
    return;
  }
  if (typeof zone !== 'string') throw malformedBody('timeZone must be text or null.');
  const value = canonicalZone(zone);
  if (value === undefined) throw unknownTimeZone(zone);
  await db
    .insertInto('settings')
    .values({ ...key, value })
    .onConflict((oc) => oc.columns(['account_id', 'name']).doUpdateSet({ value }))
    .execute();
}

async function getTokens(c: HonoContext, { read }: ServiceContext, { accountId }: Principal): Promise<Response> {
  return replyJson(c, { value: await listTokens(read, accountId) });
}

async function deleteToken(
  c: HonoContext,
  { db }: ServiceContext,
  { accountId }: Principal,
  id: string,
): Promise<Response> {
  if (!(await revokeToken(db, id, accountId))) throw notFound();
  return reply(c, null, 204);
}

/** Signs the account out everywhere, including the session of this request. */
async function postSignOut(c: HonoContext, { db, clock }: ServiceContext, { accountId }: Principal): Promise<Response> {
  await readEmptyBody(c);
  await signOutEverywhere(db, accountId, clock);
  return reply(c, null, 204);
}
