import type { Principal } from './auth.ts';
import type { Stores } from './call.ts';
import type { Ctx } from './http.ts';

/** Answers a request to `/threefold/v1`. `id` is the key in its address, or empty. */
export type Extra = (c: Ctx, stores: Stores, principal: Principal, id: string) => Promise<Response>;

/** By address, `tokens/*`, and method. */
export type Extras = Readonly<Record<string, Readonly<Record<string, Extra>>>>;
