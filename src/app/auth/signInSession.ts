import type { ReactNode } from 'react';
import { ApiError } from '../../api/apiError.ts';
import type { Account } from '../../data/dataProvider.tsx';
import type { KnownAccounts } from '../../sync/storage/knownAccounts.ts';
import type { AuthPort } from './authPort.ts';

/** Why signing in did not work. */
export type SignInFailure = 'offline' | 'failed';

export type SessionState =
  /** Nothing is decided yet: a redirect is being ended, or an account is being left. */
  | { kind: 'busy' }
  | { kind: 'signedOut'; accounts: readonly Account[]; isLeaving: boolean; trouble: SignInFailure | null }
  | { kind: 'open'; account: Account; accounts: readonly Account[]; status: 'signedIn' | 'signInNeeded' };

export type SignInAgainOutcome = 'signedIn' | 'someoneElse' | 'closed' | 'offline';

/** Who is signed in on this tab, and the way to their tokens. */
export type Sessions = {
  state: () => SessionState;
  subscribe: (listener: () => void) => () => void;
  /** To be drawn beside the app, once MSAL is loaded: hears when an ended session was taken up again in another tab. */
  watch: () => ReactNode;
  /** Decides what to show first: the known account at once, or what a redirect brought. */
  start: () => Promise<void>;
  /** Silent only. Throws ApiError `signIn` or `offline`. */
  getToken: (account: Account, options: { refresh: boolean }) => Promise<string>;
  signIn: (how: { create: boolean; address?: string }) => Promise<void>;
  signInAgain: (account: Account) => Promise<SignInAgainOutcome>;
  /** Comes back to the start page, or to another page of the app. */
  addAccount: (startPage?: string) => Promise<void>;
  /** To the start page, unless the tab is to stay where it is. */
  switchTo: (key: string, options?: { stay: boolean }) => void;
  /** Erases the account from this device and ends its session. Another account known here is shown next. */
  signOut: (account: Account) => Promise<void>;
};

type Input = {
  device: KnownAccounts;
  /** Loads the MSAL chunk and prepares it. Throws ApiError `offline`; may then be called again. */
  loadAuth: () => Promise<AuthPort>;
  /** Of the app. */
  origin: string;
  /** Shows the start page of the app, without a reload. */
  goHome: () => void;
};

export function createSessions({ device, loadAuth, origin, goHome }: Input): Sessions {
  let state: SessionState = { kind: 'busy' };
  const listeners = new Set<() => void>();
  /** Accounts whose session has ended; nobody is asked again for them until the person signs in. */
  const ended = new Set<string>();
  /** By account: the token given out last, and the one that the server would not take although it had not run out. */
  const given = new Map<string, string>();
  const refused = new Map<string, string>();

  function show(next: SessionState) {
    state = next;
    for (const listener of listeners) listener();
  }
  const showSignedOut = (trouble: SignInFailure | null = null) =>
    show({ kind: 'signedOut', accounts: device.accounts(), isLeaving: false, trouble });
  function showCurrent() {
    const accounts = device.accounts();
    const account = accounts.find(({ key }) => key === device.current());
    if (account === undefined) return showSignedOut();
    show({ kind: 'open', account, accounts, status: ended.has(account.key) ? 'signInNeeded' : 'signedIn' });
  }
  function setEnded(account: Account, isEnded: boolean) {
    if (ended.has(account.key) === isEnded) return;
    if (isEnded) ended.add(account.key);
    else ended.delete(account.key);
    if (state.kind === 'open' && state.account.key === account.key) showCurrent();
  }

  let watch: ReactNode = null;
  let ready: Promise<{ auth: AuthPort; arrived: Account | undefined }> | undefined;
  function prepare() {
    ready ??= (async () => {
      const auth = await loadAuth();
      const arrived = await auth.finish();
      watch = auth.watchAccounts((addresses) => hearOfSignIn(({ address }) => addresses.includes(address)));
      for (const listener of listeners) listener();
      return { auth, arrived };
    })().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  }

  async function getToken(account: Account, { refresh }: { refresh: boolean }): Promise<string> {
    const { auth } = await prepare();
    const { key } = account;
    const last = given.get(key);
    if (refresh && last !== undefined) refused.set(key, last);
    try {
      const how = ended.has(key) ? 'cached' : refresh ? 'fresh' : 'renew';
      let token = await auth.token(account, how);
      if (token === refused.get(key)) {
        if (how !== 'renew') throw new ApiError('signIn', 'The session was ended elsewhere.');
        token = await auth.token(account, 'fresh');
      }
      given.set(key, token);
      setEnded(account, false);
      return token;
    } catch (error) {
      if (error instanceof ApiError && error.kind === 'signIn') setEnded(account, true);
      throw error;
    }
  }

  /**
   * In another tab somebody signed in. If it was this tab's account, its session is alive again; the tokens themselves may
   * still be on their way between the tabs, so the provider is asked.
   */
  async function takeUpAgain(isOurs: (account: Account) => boolean) {
    if (state.kind !== 'open' || state.status === 'signedIn' || !isOurs(state.account)) return;
    const { account } = state;
    const { auth } = await prepare();
    if (await isRenewed(auth, account)) setEnded(account, false);
  }
  /** What nobody asked for fails quietly: the page still offers to sign in again. */
  const hearOfSignIn = (isOurs: (account: Account) => boolean) => void takeUpAgain(isOurs).catch(() => undefined);

  /** Leaves the page. Coming back, this tab waits for the answer before it draws an account. */
  async function leave(go: (auth: AuthPort) => Promise<void>) {
    try {
      const { auth } = await prepare();
      device.setReturning();
      await go(auth);
    } catch (error) {
      device.consumeReturning();
      throw error;
    }
  }
  async function leaveFromSignIn(go: (auth: AuthPort) => Promise<void>) {
    show({ kind: 'signedOut', accounts: device.accounts(), isLeaving: true, trouble: null });
    await leave(go).catch((error: unknown) => showSignedOut(troubleOf(error)));
  }

  device.onRenewed((renewed) => hearOfSignIn(({ key }) => key === renewed));
  device.onChange(() => {
    if (state.kind === 'open' && !device.accounts().some(({ key }) => key === device.current())) goHome();
    if (state.kind !== 'busy') showCurrent();
  });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch: () => watch,
    async start() {
      const isReturning = device.consumeReturning();
      // A new tab begins with the account that was looked at last, and stays with it whatever other tabs go on to.
      const current = device.current();
      if (current !== undefined) device.setCurrent(current);
      if (!isReturning) return showCurrent();
      try {
        const { arrived } = await prepare();
        if (arrived !== undefined) {
          device.remember(arrived);
          device.notifyRenewed(arrived.key);
        }
        showCurrent();
      } catch (error) {
        if (device.current() === undefined) showSignedOut(troubleOf(error));
        else showCurrent();
      }
    },
    getToken,
    signIn: ({ create, address }) =>
      leaveFromSignIn((auth) => auth.signIn({ create, ...(address === undefined ? {} : { address }) })),
    async signInAgain(account) {
      try {
        const { auth } = await prepare();
        const outcome = (await isRenewed(auth, account)) ? 'signedIn' : await auth.signInAgain(account);
        if (outcome === 'signedIn') {
          setEnded(account, false);
          device.notifyRenewed(account.key);
        }
        if (outcome !== 'blocked') return outcome;
        await leave((leaving) => leaving.signIn({ address: account.address }));
        return 'closed';
      } catch (error) {
        if (error instanceof ApiError && error.kind === 'offline') return 'offline';
        throw error;
      }
    },
    addAccount: (startPage = `${origin}/`) => leave((auth) => auth.signIn({ choose: true, startPage })),
    switchTo(key, { stay } = { stay: false }) {
      device.setCurrent(key);
      if (!stay) goHome();
      showCurrent();
    },
    async signOut(account) {
      // The account's pages go first: nothing may save into the database while it is erased.
      show({ kind: 'busy' });
      try {
        await device.erase(account.key);
        device.forget(account.key);
        const next = device.accounts().at(-1);
        if (next !== undefined) device.setCurrent(next.key);
        const { auth } = await prepare();
        await auth.signOut(account);
      } finally {
        goHome();
        showCurrent();
      }
    },
  };
}

/** The session may be alive after all: signed in again in another tab, or this device was away for long. */
async function isRenewed(auth: AuthPort, account: Account): Promise<boolean> {
  try {
    await auth.token(account, 'fresh');
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'signIn') return false;
    throw error;
  }
}

function troubleOf(error: unknown): SignInFailure {
  return error instanceof ApiError && error.kind === 'offline' ? 'offline' : 'failed';
}
