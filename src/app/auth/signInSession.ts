import type { ReactNode } from 'react';
import { ApiError } from '../../api/apiError.ts';
import type { Account } from '../../data/dataProvider.tsx';
import type { KnownAccounts } from '../../sync/storage/knownAccounts.ts';
import { createAccessTokens, type AccessTokens } from './accessTokens.ts';
import type { AuthPort } from './authPort.ts';
import { createSessionStore, type SessionState, type SignInFailure } from './sessionState.ts';

export type SignInAgainOutcome = 'signedIn' | 'someoneElse' | 'closed' | 'offline';

/** The session of this tab, and the access tokens of its account. */
export type Sessions = {
  state: () => SessionState;
  subscribe: (listener: () => void) => () => void;
  /** Rendered beside the app once MSAL is loaded: reports when another tab renews an expired session. */
  watch: () => ReactNode;
  /** Decides the first state: the known account at once, or the result of a redirect. */
  start: () => Promise<void>;
  getToken: AccessTokens['get'];
  signIn: (how: { create: boolean; address?: string }) => Promise<void>;
  signInAgain: (account: Account) => Promise<SignInAgainOutcome>;
  /** Returns to the start page, or to `startPage`. */
  addAccount: (startPage?: string) => Promise<void>;
  /** Goes to the start page unless `stay`. */
  switchTo: (key: string, options?: { stay: boolean }) => void;
  /** Erases the account from this device and ends its session; another known account is opened next. */
  signOut: (account: Account) => Promise<void>;
};

type Input = {
  device: KnownAccounts;
  /** Loads and initializes MSAL. Throws ApiError `offline`; may then be called again. */
  loadAuth: () => Promise<AuthPort>;
  /** Origin of the app. */
  origin: string;
  /** Shows the start page of the app, without a reload. */
  goHome: () => void;
};

/** Loads MSAL once, and again after a failure. */
function createAuthLoader(loadAuth: Input['loadAuth'], onLoad: (auth: AuthPort) => void) {
  let loaded: Promise<{ auth: AuthPort; redirected: Account | undefined }> | undefined;
  return () => {
    loaded ??= (async () => {
      const auth = await loadAuth();
      const redirected = await auth.finish();
      onLoad(auth);
      return { auth, redirected };
    })().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

export function createSessions({ device, loadAuth, origin, goHome }: Input): Sessions {
  const store = createSessionStore(device);
  let watch: ReactNode = null;
  const prepare = createAuthLoader(loadAuth, (auth) => {
    watch = auth.watchAccounts((addresses) => onSignInElsewhere(({ address }) => addresses.includes(address)));
    store.notify();
  });
  const tokens = createAccessTokens(async () => (await prepare()).auth, store);

  /**
   * Somebody signed in in another tab. The new tokens may not have reached this tab yet, so the provider is asked
   * whether this tab's account has a session again.
   */
  async function resumeExpired(isSignedIn: (account: Account) => boolean) {
    const state = store.current();
    if (state.kind !== 'open' || state.status === 'signedIn' || !isSignedIn(state.account)) return;
    const { account } = state;
    const { auth } = await prepare();
    if (await isRenewed(auth, account)) store.setExpired(account, false);
  }
  /** Not requested by the user, so a failure is silent: the page still offers to sign in again. */
  const onSignInElsewhere = (isSignedIn: (account: Account) => boolean) =>
    void resumeExpired(isSignedIn).catch(() => undefined);

  /** Navigates to the provider. On return, this tab waits for the result before it draws an account. */
  async function redirect(go: (auth: AuthPort) => Promise<void>) {
    try {
      const { auth } = await prepare();
      device.setReturning();
      await go(auth);
    } catch (error) {
      device.consumeReturning();
      throw error;
    }
  }
  async function redirectFromSignIn(go: (auth: AuthPort) => Promise<void>) {
    store.setSignedOut(null, { isLeaving: true });
    await redirect(go).catch((error: unknown) => store.setSignedOut(signInFailure(error)));
  }

  device.onRenewed((renewed) => onSignInElsewhere(({ key }) => key === renewed));
  device.onChange(() => {
    const { kind } = store.current();
    if (kind === 'open' && !device.accounts().some(({ key }) => key === device.current())) goHome();
    if (kind !== 'busy') store.setCurrentAccount();
  });

  return {
    state: store.current,
    subscribe: store.subscribe,
    watch: () => watch,
    async start() {
      const isReturning = device.consumeReturning();
      // A new tab starts with the account that was used last, and keeps it whatever other tabs switch to.
      const current = device.current();
      if (current !== undefined) device.setCurrent(current);
      if (!isReturning) return store.setCurrentAccount();
      try {
        const { redirected } = await prepare();
        if (redirected !== undefined) {
          device.remember(redirected);
          device.notifyRenewed(redirected.key);
        }
        store.setCurrentAccount();
      } catch (error) {
        if (device.current() === undefined) store.setSignedOut(signInFailure(error));
        else store.setCurrentAccount();
      }
    },
    getToken: tokens.get,
    signIn: ({ create, address }) =>
      redirectFromSignIn((auth) => auth.signIn({ create, ...(address === undefined ? {} : { address }) })),
    async signInAgain(account) {
      try {
        const { auth } = await prepare();
        const outcome = (await isRenewed(auth, account)) ? 'signedIn' : await auth.signInAgain(account);
        if (outcome === 'signedIn') {
          store.setExpired(account, false);
          device.notifyRenewed(account.key);
        }
        if (outcome !== 'blocked') return outcome;
        await redirect((redirecting) => redirecting.signIn({ address: account.address }));
        return 'closed';
      } catch (error) {
        if (error instanceof ApiError && error.kind === 'offline') return 'offline';
        throw error;
      }
    },
    addAccount: (startPage = `${origin}/`) => redirect((auth) => auth.signIn({ choose: true, startPage })),
    switchTo(key, { stay } = { stay: false }) {
      device.setCurrent(key);
      if (!stay) goHome();
      store.setCurrentAccount();
    },
    async signOut(account) {
      // The account's pages unmount first: nothing may write to the database while it is erased.
      store.set({ kind: 'busy' });
      try {
        await device.erase(account.key);
        device.forget(account.key);
        const next = device.accounts().at(-1);
        if (next !== undefined) device.setCurrent(next.key);
        const { auth } = await prepare();
        await auth.signOut(account);
      } finally {
        goHome();
        store.setCurrentAccount();
      }
    },
  };
}

/** Whether the provider still has a session: the user signed in in another tab, or only this tab's tokens expired. */
async function isRenewed(auth: AuthPort, account: Account): Promise<boolean> {
  try {
    await auth.token(account, 'fresh');
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'signIn') return false;
    throw error;
  }
}

function signInFailure(error: unknown): SignInFailure {
  return error instanceof ApiError && error.kind === 'offline' ? 'offline' : 'failed';
}
