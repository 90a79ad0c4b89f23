import type { ReactNode } from 'react';
import type { Account } from '../../data/dataProvider.tsx';

/** The addresses that have tokens in this browser. */
export type AccountsListener = (addresses: readonly string[]) => void;

/**
 * Sign-in as the rest of the app sees it (docs/architecture.md#sign-in). `msalAuth.tsx` is the only implementation; its
 * chunk holds MSAL and loads after the first paint.
 */
export type AuthPort = {
  /** Ends the redirect that brought this page here, if one did; the account that signed in. Throws ApiError. */
  finish: () => Promise<Account | undefined>;
  /**
   * An access token for exactly this account, without opening anything. Throws ApiError `signIn` when only the person
   * can help (also when the provider answers for somebody else) and `offline` when the provider was not reached.
   * `cached` asks nobody: it serves a token that is there, as after signing in again in another tab.
   */
  token: (account: Account, how: 'renew' | 'fresh' | 'cached') => Promise<string>;
  /** Leaves the page for the provider; the same address, with query and fragment, comes back. */
  signIn: (how?: { create?: boolean; choose?: boolean; address?: string; startPage?: string }) => Promise<void>;
  /** Signs the account in again beside the open page. `blocked`: this browser does not let a window open. */
  signInAgain: (account: Account) => Promise<'signedIn' | 'someoneElse' | 'closed' | 'blocked'>;
  /** Draws nothing; while it is on the page, `onChange` hears of sign-ins and sign-outs in this tab and in others. */
  watchAccounts: (onChange: AccountsListener) => ReactNode;
  /** Leaves the page to end the account's session at the provider. With no network only the tokens here are forgotten. */
  signOut: (account: Account) => Promise<void>;
};

/** The return page: MSAL's redirect bridge, also where signing out ends. */
export const authReturnPath = '/auth.html';
