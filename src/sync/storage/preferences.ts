import { noDraftLog } from './draftLog.ts';
import type { DraftLog } from './draftLog.ts';

/** Small texts kept in the account's database: drafts, settings of this device. */
export type PreferenceStore = {
  get: (key: string) => string | undefined;
  all: () => ReadonlyMap<string, string>;
  set: (key: string, text: string) => void;
  remove: (key: string) => void;
  /** Resolves when everything set so far was stored or has failed. */
  flushed: () => Promise<void>;
};

type Batch = readonly (readonly [key: string, text: string | null])[];

/**
 * Texts are read from memory and stored asynchronously, so that typing never waits; the draft log holds what is not
 * stored yet. `write` reports its failures and resolves with whether it worked; a failed text stays in the log.
 */
export function createPreferenceStore(
  loaded: ReadonlyMap<string, string>,
  write: (batch: Batch) => Promise<boolean>,
  draftLog: DraftLog = noDraftLog,
): PreferenceStore {
  const texts = new Map(loaded);
  const dirty = new Map(draftLog.entries());
  for (const [key, text] of dirty) {
    if (text === null) texts.delete(key);
    else texts.set(key, text);
  }
  let writing: Promise<void> | null = null;
  async function flush() {
    while (dirty.size > 0) {
      const batch = [...dirty];
      dirty.clear();
      const isWritten = await write(batch);
      if (!isWritten) {
        // With the next text there may be space for all of them.
        const isNewer = dirty.size > 0;
        for (const [key, text] of batch) if (!dirty.has(key)) dirty.set(key, text);
        if (!isNewer) break;
        continue;
      }
      // Text typed meanwhile is logged again.
      for (const [key] of batch) if (!dirty.has(key)) draftLog.clear(key);
    }
    writing = null;
  }
  function save(key: string, text: string | null) {
    dirty.set(key, text);
    draftLog.record(key, text);
    writing ??= flush();
  }
  if (dirty.size > 0) writing = flush();
  return {
    get: (key) => texts.get(key),
    all: () => texts,
    set(key, text) {
      texts.set(key, text);
      save(key, text);
    },
    remove(key) {
      if (texts.delete(key)) save(key, null);
    },
    flushed: () => writing ?? Promise.resolve(),
  };
}
