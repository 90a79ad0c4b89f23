import type { Principal } from '../identity/bearerAuth.ts';
import type { ServiceContext } from './requestContext.ts';
import type { HonoContext } from './http.ts';
import type { OpenMailbox } from '../access/openMailbox.ts';

/**
 * Answers a request to `/threefold/v1`. `id` is the first key in its URL, or empty; `key` the second one; `mailbox` the
 * caller's own, or the one that `/users/{key}` names.
 */
export type V1Handler = (
  c: HonoContext,
  stores: ServiceContext,
  principal: Principal,
  id: string,
  place: { mailbox: OpenMailbox; key: string },
) => Promise<Response>;

/** By path, such as `tokens/*`, and method. */
export type V1Routes = Readonly<Record<string, Readonly<Record<string, V1Handler>>>>;
