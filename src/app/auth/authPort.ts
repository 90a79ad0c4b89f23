import type { ReactNode } from 'react';
import type { Account } from '../../data/dataProvider.tsx';

/** Receives the addresses that have tokens in this browser. */
export type AccountsListener = (addresses: readonly string[]) => void;

/**
 * Sign-in as the rest of the app sees it (docs/architecture.md#sign-in). `msalAuth.tsx` is the only implementation; its
 * chunk contains MSAL and loads after the first paint.
 */
export type AuthPort = {
  /** Completes a redirect from the provider, if there was one; returns the account that signed in. Throws ApiError. */
  finish: () => Promise<Account | undefined>;
  /**
   * An access token for exactly this account, without user interaction. Throws ApiError `signIn` when the user must
   * sign in, also when the provider's session is another account's, and `offline` when the provider is unreachable.
   * `cached` sends no request: it returns a token that another tab obtained.
   */
  token: (account: Account, how: 'renew' | 'fresh' | 'cached') => Promise<string>;
  /** Redirects to the provider, which redirects back to this address, query and fragment included. */
  signIn: (how?: { create?: boolean; choose?: boolean; address?: string; startPage?: string }) => Promise<void>;
  /** Signs the account in again in a pop-up. `blocked`: the browser does not open one. */
  signInAgain: (account: Account) => Promise<'signedIn' | 'someoneElse' | 'closed' | 'blocked'>;
  /** An element that draws nothing; while mounted it reports sign-ins and sign-outs of every tab to `onChange`. */
  watchAccounts: (onChange: AccountsListener) => ReactNode;
  /** Redirects to the provider to end the session; offline, only this device's tokens are deleted. */
  signOut: (account: Account) => Promise<void>;
};

/** The return page: MSAL's redirect bridge, also where signing out ends. */
export const authReturnPath = '/auth.html';
