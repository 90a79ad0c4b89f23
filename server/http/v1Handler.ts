import type { Principal } from '../identity/bearerAuth.ts';
import type { Stores } from './requestContext.ts';
import type { Ctx } from './http.ts';
import type { OpenMailbox } from '../access/openMailbox.ts';

/**
 * Answers a request to `/threefold/v1`. `id` is the first key in its address, or empty; `key` the second one; `mailbox` the
 * caller's own, or the one that `/users/{key}` names.
 */
export type Extra = (
  c: Ctx,
  stores: Stores,
  principal: Principal,
  id: string,
  place: { mailbox: OpenMailbox; key: string },
) => Promise<Response>;

/** By address, `tokens/*`, and method. */
export type Extras = Readonly<Record<string, Readonly<Record<string, Extra>>>>;
