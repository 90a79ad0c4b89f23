/**
 * Texts not yet in the database, written synchronously: a page closed between a key press and the end of a transaction
 * loses nothing. An entry lives until the database has the text.
 */
export type DraftLog = {
  /** Texts that did not reach the database; null for a removal. */
  entries: () => ReadonlyMap<string, string | null>;
  record: (key: string, text: string | null) => void;
  clear: (key: string) => void;
};

const prefixOf = (account: string) => `threefold.text.${account}.`;

/** One account's draft log in localStorage. */
export function createDraftLog(storage: Storage, account: string): DraftLog {
  const prefix = prefixOf(account);
  return {
    entries: () =>
      new Map(
        namesIn(storage, prefix).flatMap((name): [string, string | null][] => {
          const key = name.slice(prefix.length);
          const stored = storage.getItem(name);
          if (stored?.startsWith('=') === true) return [[key, stored.slice(1)]];
          // Any other text was not written by this log, and removes nothing.
          return stored === '-' ? [[key, null]] : [];
        }),
      ),
    record(key, text) {
      try {
        storage.setItem(prefix + key, text === null ? '-' : `=${text}`);
      } catch {
        // Full, or a very long text: the database stores it a moment later.
        storage.removeItem(prefix + key);
      }
    },
    clear: (key) => storage.removeItem(prefix + key),
  };
}

/** For tests without synchronous storage. */
export const noDraftLog: DraftLog = { entries: () => new Map(), record: () => {}, clear: () => {} };

function namesIn(storage: Storage, prefix: string): string[] {
  return Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter((name) =>
    name.startsWith(prefix),
  );
}
