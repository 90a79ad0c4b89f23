import * as v from 'valibot';
import type { Instant } from '../../domain/time/time.ts';
import { createBinApi, type BinApi } from './binApi.ts';
import { createCategoryApi, type CategoryApi } from './categoryApi.ts';
import { createMoveApi, type MoveApi } from './moveApi.ts';
import { parseResponse as read } from '../parseResponse.ts';
import { createSharingApi, type SharingApi } from './sharingApi.ts';
import type { SendRequest } from '../transport.ts';

export type MailboxSettings = { timeZone: string | null };

/** A personal access token in the account's list; the token itself is shown once, by the command line. */
export type PersonalAccessToken = {
  id: string;
  name: string;
  scope: string;
  createdAt: Instant;
  expiresAt: Instant | null;
  lastUsedAt: Instant | null;
};

/** `/threefold/v1`: endpoints that no dialect has (docs/architecture.md#endpoints-of-our-own). */
export type ExtrasApi = {
  sharing: SharingApi;
  move: MoveApi;
  bin: BinApi;
  categories: CategoryApi;
  settings: () => Promise<MailboxSettings>;
  updateSettings: (patch: Partial<MailboxSettings>) => Promise<MailboxSettings>;
  tokens: () => Promise<readonly PersonalAccessToken[]>;
  revokeToken: (id: string) => Promise<void>;
  /** Ends all sessions of the account on every device. */
  signOutEverywhere: () => Promise<void>;
};

const root = '/threefold/v1';

const settingsSchema = v.object({ timeZone: v.nullable(v.string()) });
const tokensSchema = v.object({
  value: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      scope: v.string(),
      createdAt: v.string(),
      expiresAt: v.nullable(v.string()),
      lastUsedAt: v.nullable(v.string()),
    }),
  ),
});

export function createExtrasApi(send: SendRequest): ExtrasApi {
  return {
    sharing: createSharingApi(send),
    move: createMoveApi(send),
    bin: createBinApi(send),
    categories: createCategoryApi(send),
    async settings() {
      return read(settingsSchema, (await send({ method: 'GET', path: `${root}/settings` })).json);
    },
    async updateSettings(patch) {
      return read(settingsSchema, (await send({ method: 'PATCH', path: `${root}/settings`, body: patch })).json);
    },
    async tokens() {
      return read(tokensSchema, (await send({ method: 'GET', path: `${root}/tokens` })).json).value;
    },
    async revokeToken(id) {
      await send({ method: 'DELETE', path: `${root}/tokens/${encodeURIComponent(id)}` });
    },
    async signOutEverywhere() {
      await send({ method: 'POST', path: `${root}/signout` });
    },
  };
}
