/** Small texts kept in the account's database: drafts, settings of this device. */
export type Texts = {
  get: (key: string) => string | undefined;
  set: (key: string, text: string) => void;
  remove: (key: string) => void;
  /** Resolves when everything set so far was written, or refused. */
  saved: () => Promise<void>;
};

type Batch = readonly (readonly [key: string, text: string | null])[];

/**
 * Texts are read from memory and written behind: typing never waits for the disk. `write` reports its own failures; the text
 * itself is still on the screen and goes out again with the next input.
 */
export function createTexts(loaded: ReadonlyMap<string, string>, write: (batch: Batch) => Promise<void>): Texts {
  const texts = new Map(loaded);
  const dirty = new Map<string, string | null>();
  let writing: Promise<void> | null = null;
  async function flush() {
    while (dirty.size > 0) {
      const batch = [...dirty];
      dirty.clear();
      await write(batch);
    }
    writing = null;
  }
  function save(key: string, text: string | null) {
    dirty.set(key, text);
    writing ??= flush();
  }
  return {
    get: (key) => texts.get(key),
    set(key, text) {
      texts.set(key, text);
      save(key, text);
    },
    remove(key) {
      if (texts.delete(key)) save(key, null);
    },
    saved: () => writing ?? Promise.resolve(),
  };
}
