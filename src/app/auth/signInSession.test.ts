import { expect, test } from 'vitest';
import { ApiError } from '../../api/apiError.ts';
import type { Account } from '../../data/dataProvider.tsx';
import type { AuthPort } from './authPort.ts';
import { createKnownAccounts, type KnownAccounts } from '../../sync/storage/knownAccounts.ts';
import { createSessions } from './signInSession.ts';

const ada: Account = { key: 'a', address: 'ada@example.com', name: 'Ada' };
const bob: Account = { key: 'b', address: 'bob@example.com', name: 'Bob' };

type Memory = { accounts: Account[]; current: string | undefined; returning: boolean; erased: string[] };

function deviceOf(memory: Memory): KnownAccounts {
  return {
    accounts: () => memory.accounts,
    current: () => memory.current,
    remember(account) {
      memory.accounts = [...memory.accounts.filter(({ key }) => key !== account.key), account];
      memory.current = account.key;
    },
    setCurrent: (key) => void (memory.current = key),
    forget(key) {
      memory.accounts = memory.accounts.filter((account) => account.key !== key);
      if (memory.current === key) memory.current = undefined;
    },
    onChange: () => () => {},
    notifyRenewed: () => {},
    onRenewed: () => () => {},
    erase: async (key) => void memory.erased.push(key),
    consumeReturning: () => [memory.returning, (memory.returning = false)][0] === true,
    config: { read: () => undefined, save: () => {} },
    setReturning: () => void (memory.returning = true),
  };
}

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (name) => kept.get(name) ?? null,
    key: (index) => [...kept.keys()][index] ?? null,
    removeItem: (name) => void kept.delete(name),
    setItem: (name, text) => void kept.set(name, text),
  };
}

type SetUp = { memory?: Partial<Memory>; auth?: Partial<AuthPort>; device?: KnownAccounts };

function setUp({ memory, auth = {}, device }: SetUp = {}) {
  const kept: Memory = { accounts: [], current: undefined, returning: false, erased: [], ...memory };
  const asked: string[] = [];
  let loads = 0;
  const full: AuthPort = {
    finish: async () => undefined,
    async token(account, how) {
      asked.push(`${account.key} ${how}`);
      return `token of ${account.key}`;
    },
    watchAccounts: () => null,
    signIn: async () => {},
    signInAgain: async () => 'closed',
    signOut: async () => {},
    ...auth,
  };
  const sessions = createSessions({
    device: device ?? deviceOf(kept),
    loadAuth: async () => (loads++, full),
    origin: 'https://tasks.example.org',
    goHome: () => {},
  });
  return { sessions, memory: kept, asked, loads: () => loads };
}
const ended: Partial<AuthPort> = {
  async token() {
    throw new ApiError('signIn', 'The session has ended.');
  },
};

test('a known account is shown at once, without loading sign-in', async () => {
  const { sessions, loads } = setUp({ memory: { accounts: [ada, bob], current: 'a' } });
  await sessions.start();
  expect(sessions.state()).toEqual({ kind: 'open', account: ada, accounts: [ada, bob], status: 'signedIn' });
  expect(loads()).toBe(0);
});

test('a tab keeps its account when another tab switches', async () => {
  const local = storage();
  const tab = () => createKnownAccounts({ local, session: storage(), onStorage: () => () => {} });
  const [first, second] = [tab(), tab()];
  first.remember(bob);
  first.remember(ada);
  const { sessions } = setUp({ device: second });
  await sessions.start();
  expect(sessions.state()).toMatchObject({ account: ada });
  first.setCurrent('b');
  expect(second.current()).toBe('a');
});

test('without a known account the sign-in page is shown', async () => {
  const { sessions } = setUp();
  await sessions.start();
  expect(sessions.state()).toEqual({ kind: 'signedOut', accounts: [], isLeaving: false, failure: null });
});

test('after a redirect the account that signed in is shown, and never the previous one', async () => {
  const { sessions, memory } = setUp({
    memory: { accounts: [ada], current: 'a', returning: true },
    auth: { finish: async () => bob },
  });
  const seen: string[] = [];
  sessions.subscribe(() => seen.push(JSON.stringify(sessions.state())));
  await sessions.start();
  expect(sessions.state()).toMatchObject({ kind: 'open', account: bob });
  expect(seen.filter((state) => state.includes('"account":{"key":"a"'))).toEqual([]);
  expect(memory.returning).toBe(false);
});

test('after a redirect without a sign-in the known account is shown', async () => {
  const { sessions } = setUp({ memory: { accounts: [ada], current: 'a', returning: true } });
  await sessions.start();
  expect(sessions.state()).toMatchObject({ kind: 'open', account: ada });
});

test('an expired session erases nothing, is reported, and is not requested again', async () => {
  const asked: string[] = [];
  const { sessions, memory } = setUp({
    memory: { accounts: [ada], current: 'a' },
    auth: {
      async token(_account, how) {
        asked.push(how);
        throw new ApiError('signIn', 'The session has ended.');
      },
    },
  });
  await sessions.start();
  await expect(sessions.getToken(ada, { refresh: false })).rejects.toMatchObject({ kind: 'signIn' });
  expect(sessions.state()).toMatchObject({ kind: 'open', status: 'signInNeeded' });
  await expect(sessions.getToken(ada, { refresh: true })).rejects.toMatchObject({ kind: 'signIn' });
  expect(asked).toEqual(['renew', 'cached']);
  expect(memory.erased).toEqual([]);
});

test('a token that the server rejected is not returned again, and does not count as signed in', async () => {
  const answers: Record<string, () => string> = {
    renew: () => 'revoked',
    cached: () => 'revoked',
    fresh: () => {
      throw new ApiError('signIn', 'The session has ended.');
    },
  };
  const { sessions } = setUp({
    memory: { accounts: [ada], current: 'a' },
    auth: { token: async (_account, how) => answers[how]?.() ?? '' },
  });
  await sessions.start();
  expect(await sessions.getToken(ada, { refresh: false })).toBe('revoked');
  await expect(sessions.getToken(ada, { refresh: true })).rejects.toMatchObject({ kind: 'signIn' });
  await expect(sessions.getToken(ada, { refresh: false })).rejects.toMatchObject({ kind: 'signIn' });
  expect(sessions.state()).toMatchObject({ status: 'signInNeeded' });
  // Signed in again in another tab: its token is in the shared cache.
  answers['cached'] = () => 'new';
  expect(await sessions.getToken(ada, { refresh: false })).toBe('new');
  expect(sessions.state()).toMatchObject({ status: 'signedIn' });
});

test('being offline does not expire a session', async () => {
  const offline: Partial<AuthPort> = {
    async token() {
      throw new ApiError('offline', 'no network');
    },
  };
  const { sessions } = setUp({ memory: { accounts: [ada], current: 'a' }, auth: offline });
  await sessions.start();
  await expect(sessions.getToken(ada, { refresh: false })).rejects.toMatchObject({ kind: 'offline' });
  expect(sessions.state()).toMatchObject({ kind: 'open', status: 'signedIn' });
  expect(await sessions.signInAgain(ada)).toBe('offline');
});

test('signing in again as another account changes nothing', async () => {
  const { sessions } = setUp({
    memory: { accounts: [ada], current: 'a' },
    auth: { ...ended, signInAgain: async () => 'someoneElse' },
  });
  await sessions.start();
  await sessions.getToken(ada, { refresh: false }).catch(() => {});
  expect(await sessions.signInAgain(ada)).toBe('someoneElse');
  expect(sessions.state()).toMatchObject({ kind: 'open', account: ada, status: 'signInNeeded' });
});

test('signing in again uses a pop-up, and a redirect where pop-ups are blocked', async () => {
  const { sessions } = setUp({
    memory: { accounts: [ada], current: 'a' },
    auth: { ...ended, signInAgain: async () => 'signedIn' },
  });
  await sessions.start();
  await sessions.getToken(ada, { refresh: false }).catch(() => {});
  expect(await sessions.signInAgain(ada)).toBe('signedIn');
  expect(sessions.state()).toMatchObject({ status: 'signedIn' });

  const blocked = setUp({
    memory: { accounts: [ada], current: 'a' },
    auth: { ...ended, signInAgain: async () => 'blocked' },
  });
  await blocked.sessions.start();
  await blocked.sessions.signInAgain(ada);
  expect(blocked.memory.returning).toBe(true);
});

test('signing out unmounts the pages, erases the device’s data, then signs out at the provider', async () => {
  const order: string[] = [];
  const { sessions, memory } = setUp({
    memory: { accounts: [ada, bob], current: 'a' },
    auth: { signOut: async (account) => void order.push(`provider ${account.key}`) },
  });
  await sessions.start();
  sessions.subscribe(() => {
    // Listeners are also notified when MSAL loads, without a new state.
    const { kind } = sessions.state();
    if (order.at(-1) !== kind) order.push(kind);
  });
  await sessions.signOut(ada);
  expect(order).toEqual(['busy', 'provider a', 'open']);
  expect(memory).toMatchObject({ accounts: [bob], current: 'b', erased: ['a'] });
  await sessions.signOut(bob);
  expect(sessions.state()).toMatchObject({ kind: 'signedOut', accounts: [] });
});

test('a failure to erase keeps the account open, and is reported', async () => {
  const memory: Memory = { accounts: [ada], current: 'a', returning: false, erased: [] };
  const device: KnownAccounts = { ...deviceOf(memory), erase: () => Promise.reject(new Error('refused')) };
  const { sessions } = setUp({ device });
  await sessions.start();
  await expect(sessions.signOut(ada)).rejects.toThrow('refused');
  expect(sessions.state()).toMatchObject({ kind: 'open', account: ada });
});

test('an unreachable provider is reported on the sign-in page, which can try again', async () => {
  let isDown = true;
  const { sessions } = setUp({
    auth: {
      async finish() {
        if (isDown) throw new ApiError('offline', 'no network');
        return undefined;
      },
    },
  });
  await sessions.start();
  await sessions.signIn({ create: false });
  expect(sessions.state()).toMatchObject({ kind: 'signedOut', failure: 'offline' });
  isDown = false;
  await sessions.signIn({ create: false });
  expect(sessions.state()).toMatchObject({ kind: 'signedOut', isLeaving: true, failure: null });
});
