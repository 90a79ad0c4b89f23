import type { Instant } from '../domain/time.ts';
import type { Send } from './transport.ts';

export type Settings = { timeZone: string | null };

/** A personal access token as the account page lists it; the token itself is shown once, by the command line. */
export type PersonalToken = {
  id: string;
  name: string;
  scope: string;
  createdAt: Instant;
  expiresAt: Instant | null;
  lastUsedAt: Instant | null;
};

/** `/threefold/v1`: what no dialect has (architecture.md §2, §9). */
export type ExtrasApi = {
  settings(): Promise<Settings>;
  updateSettings(patch: Partial<Settings>): Promise<Settings>;
  tokens(): Promise<readonly PersonalToken[]>;
  revokeToken(id: string): Promise<void>;
  /** Ends every session of the account, here and elsewhere. */
  signOutEverywhere(): Promise<void>;
};
