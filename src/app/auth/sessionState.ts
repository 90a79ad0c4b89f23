import type { Account } from '../../data/dataProvider.tsx';
import { createEmitter } from '../../domain/async/observable.ts';
import type { KnownAccounts } from '../../sync/storage/knownAccounts.ts';

/** Why signing in failed. */
export type SignInFailure = 'offline' | 'failed';

export type SessionState =
  /** Undecided: a redirect is being completed, or an account is being signed out. */
  | { kind: 'busy' }
  | { kind: 'signedOut'; accounts: readonly Account[]; isLeaving: boolean; failure: SignInFailure | null }
  | { kind: 'open'; account: Account; accounts: readonly Account[]; status: 'signedIn' | 'signInNeeded' };

/** The session state of this tab, and which accounts have an expired session. */
export type SessionStore = {
  current: () => SessionState;
  subscribe: (listener: () => void) => () => void;
  /** Calls the listeners without a new state. */
  notify: () => void;
  set: (next: SessionState) => void;
  setSignedOut: (failure: SignInFailure | null, options?: { isLeaving: boolean }) => void;
  /** The device's current account, or signed out when there is none. */
  setCurrentAccount: () => void;
  isExpired: (account: Account) => boolean;
  setExpired: (account: Account, isExpired: boolean) => void;
};

export function createSessionStore(device: KnownAccounts): SessionStore {
  let state: SessionState = { kind: 'busy' };
  const { subscribe, emit } = createEmitter();
  /** Keys of accounts with an expired session; no tokens are requested for them until the user signs in. */
  const expired = new Set<string>();

  function set(next: SessionState) {
    state = next;
    emit();
  }
  const setSignedOut: SessionStore['setSignedOut'] = (failure, { isLeaving } = { isLeaving: false }) =>
    set({ kind: 'signedOut', accounts: device.accounts(), isLeaving, failure });
  function setCurrentAccount() {
    const accounts = device.accounts();
    const account = accounts.find(({ key }) => key === device.current());
    if (account === undefined) return setSignedOut(null);
    set({ kind: 'open', account, accounts, status: expired.has(account.key) ? 'signInNeeded' : 'signedIn' });
  }

  return {
    current: () => state,
    subscribe,
    notify: () => void emit(),
    set,
    setSignedOut,
    setCurrentAccount,
    isExpired: ({ key }) => expired.has(key),
    setExpired(account, isExpired) {
      if (expired.has(account.key) === isExpired) return;
      if (isExpired) expired.add(account.key);
      else expired.delete(account.key);
      if (state.kind === 'open' && state.account.key === account.key) setCurrentAccount();
    },
  };
}
