/** A way to undo one command, whoever ran it. */
export type UndoEntry = { undo: () => Promise<void> | void };

export type UndoStack = {
  push: (entry: UndoEntry) => void;
  remove: (entry: UndoEntry) => void;
  /** Removes the entry and undoes it, after those that are being undone. */
  run: (entry: UndoEntry) => void;
  /** Undoes the newest entry; false when there is none. */
  runLast: () => boolean;
};

/** So many commands can be undone by key. What is older nobody remembers doing. */
const maxEntries = 20;

/** What can be undone in this tab, the newest first (docs/decisions/0052-commands.md). */
export function createUndoStack(): UndoStack {
  let entries: readonly UndoEntry[] = [];
  let running: Promise<unknown> = Promise.resolve();

  const remove = (entry: UndoEntry) => {
    entries = entries.filter((one) => one !== entry);
  };
  const run = (entry: UndoEntry) => {
    remove(entry);
    const turn = running.then(() => entry.undo());
    // An entry that fails is reported as an unhandled rejection, and does not hold up the next one.
    running = turn.catch(() => undefined);
    void turn;
  };
  return {
    push(entry) {
      entries = [...entries, entry].slice(-maxEntries);
    },
    remove,
    run,
    runLast() {
      const entry = entries.at(-1);
      if (entry !== undefined) run(entry);
      return entry !== undefined;
    },
  };
}
