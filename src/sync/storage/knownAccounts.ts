import * as v from 'valibot';
import { eraseAccountStore } from './accountStore.ts';
import { jsonOf, readableJson } from './readableRecords.ts';

/**
 * An account known on this device (docs/architecture.md#accounts-on-this-device). `key` is a hash of issuer and subject
 * and names its database.
 */
export type KnownAccount = { key: string; address: string; name: string };

/**
 * What this device remembers outside the accounts' databases: which accounts there are, which one each tab shows, and the
 * last good `/config.json`. This, not the sign-in library, chooses the database: that library forgets after a browser
 * restart, and asking it needs the network.
 */
export type KnownAccounts = {
  accounts: () => readonly KnownAccount[];
  current: () => string | undefined;
  /** Adds the account or renews its name, and makes it current. */
  remember: (account: KnownAccount) => void;
  setCurrent: (key: string) => void;
  /** Removes the account, also as a tab's current one. */
  forget: (key: string) => void;
  /** Calls back when another tab changed the list. */
  onChange: (listener: () => void) => () => void;
  /** Notifies other tabs that the account's expired session was renewed here. */
  notifyRenewed: (key: string) => void;
  /** Calls back with the key of such an account. */
  onRenewed: (listener: (key: string) => void) => () => void;
  /** Erases the account's local database, and whatever else this device keeps of it. */
  erase: (key: string) => Promise<void>;
  /** Whether this tab returns from the sign-in provider; reading it clears it. */
  consumeReturning: () => boolean;
  setReturning: () => void;
  config: { read(): unknown; save(config: unknown): void };
};

const names = {
  accounts: 'threefold.accounts',
  current: 'threefold.current',
  renewed: 'threefold.renewed',
  returning: 'threefold.returning',
  config: 'threefold.config',
} as const;

type Input = { local: Storage; session: Storage; onStorage: (listener: (key: string | null) => void) => () => void };

/**
 * Over localStorage (the device) and sessionStorage (this tab). Where they are denied, values last as long as the page.
 */
export function createKnownAccounts({ local, session, onStorage }: Input): KnownAccounts {
  const lasting = careful(local);
  const tab = careful(session);
  const accounts = () => readAccounts(lasting.get(names.accounts));
  /** Accounts of another version of the app stay, except the one being renewed or removed. */
  function keep(list: readonly KnownAccount[], changed: string) {
    const others = unreadableAccounts(lasting.get(names.accounts)).filter((one) => keyOf(one) !== changed);
    lasting.set(names.accounts, JSON.stringify([...list, ...others]));
  }
  const setCurrent = (key: string) => {
    tab.set(names.current, key);
    lasting.set(names.current, key);
  };
  return {
    accounts,
    current: () => tab.get(names.current) ?? lasting.get(names.current) ?? undefined,
    remember({ key, address, name }) {
      const list = accounts();
      const isKnown = list.some((one) => one.key === key);
      const renewed = { key, address, name };
      // Members of a newer version of the app stay.
      keep(isKnown ? list.map((one) => (one.key === key ? { ...one, ...renewed } : one)) : [...list, renewed], key);
      setCurrent(key);
    },
    setCurrent,
    forget(key) {
      keep(
        accounts().filter((known) => known.key !== key),
        key,
      );
      for (const place of [tab, lasting]) {
        if (place.get(names.current) === key) place.remove(names.current);
      }
    },
    onChange: (listener) => onStorage((key) => (key === names.accounts || key === null) && listener()),
    notifyRenewed(key) {
      // The number makes each value new: browsers send no event for an unchanged one.
      const [, count = '0'] = lasting.get(names.renewed)?.split(' ') ?? [];
      lasting.set(names.renewed, `${key} ${Number(count) + 1}`);
    },
    onRenewed: (listener) =>
      onStorage((name) => {
        const [key] = lasting.get(names.renewed)?.split(' ') ?? [];
        if (name === names.renewed && key !== undefined) listener(key);
      }),
    async erase(key) {
      await eraseAccountStore(key);
      // Last: a closing tab may write until its database is deleted.
      for (const name of namesOf(local, key)) local.removeItem(name);
    },
    consumeReturning() {
      const isReturning = tab.get(names.returning) !== null;
      tab.remove(names.returning);
      return isReturning;
    },
    setReturning: () => tab.set(names.returning, 'yes'),
    config: {
      read() {
        const text = lasting.get(names.config);
        return text === null ? undefined : jsonOf(text);
      },
      save: (config) => lasting.set(names.config, JSON.stringify(config)),
    },
  };
}

/** The browser's. */
export function browserKnownAccounts(): KnownAccounts {
  return createKnownAccounts({
    local: localStorage,
    session: sessionStorage,
    onStorage(listener) {
      const onStorage = (event: StorageEvent) => listener(event.key);
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
  });
}

/** Entries of an account outside its database contain its key: drafts, last place, shown reminders. */
function namesOf(storage: Storage, account: string): readonly string[] {
  const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
  return names.filter((name) => /^threefold[.:]/.test(name) && name.split(/[.:]/).includes(account));
}

/** Full or denied storage must not prevent sign-in: such values last as long as the page. */
function careful(storage: Storage) {
  const lastValues = new Map<string, string | null>();
  return {
    get: (name: string) => (lastValues.has(name) ? (lastValues.get(name) ?? null) : storage.getItem(name)),
    set(name: string, value: string) {
      try {
        storage.setItem(name, value);
        lastValues.delete(name);
      } catch {
        lastValues.set(name, value);
      }
    },
    remove(name: string) {
      lastValues.delete(name);
      storage.removeItem(name);
    },
  };
}

function readAccounts(text: string | null): readonly KnownAccount[] {
  return text === null ? [] : (readableJson('accounts', text, isAccount)?.items ?? []);
}

function unreadableAccounts(text: string | null): readonly unknown[] {
  const list = text === null ? undefined : jsonOf(text);
  return Array.isArray(list) ? list.filter((one) => !isAccount(one)) : [];
}

const keyOf = (one: unknown) => (typeof one === 'object' && one !== null && 'key' in one ? one.key : undefined);

const accountSchema: v.GenericSchema<KnownAccount> = v.object({
  key: v.string(),
  address: v.string(),
  name: v.string(),
});

const isAccount = (value: unknown): value is KnownAccount => v.is(accountSchema, value);
