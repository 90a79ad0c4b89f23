import { typeAheadRow, type TreeRow } from './treeKeys.ts';

/** What a letter typed in the tree leads to: to a row, into a word that has begun ('kept'), or nowhere ('free'). */
export type TypeAheadResult = { kind: 'row'; id: string } | { kind: 'kept' | 'free' };

export type TypeAhead = {
  /** `at` is the row with the focus, `ms` the moment of the key by the page's own clock. */
  type: (rows: readonly TreeRow[], at: string | undefined, letter: string, ms: number) => TypeAheadResult;
  /** Enter before there is any row: what the letters find is to be opened. */
  open: () => void;
  /** Other rows are there now: the row that the letters typed last were looking for, if it has come. */
  findPending: (
    rows: readonly TreeRow[],
    at: string | undefined,
    ms: number,
  ) => { id: string; isOpened: boolean } | null;
  /** Another key: the next letter begins anew. */
  end: () => void;
};

/** Letters typed within this time belong together, however late they are drawn. */
const pauseMs = 700;

/**
 * Letters that look for a row by its name. What was typed before its row was there is not lost: it counts once the row has
 * come, for as long as it would have counted for a next letter, and where there are no rows at all, until there are.
 */
export function createTypeAhead(): TypeAhead {
  const nothing = { text: '', hasFound: false, isMissed: false, isOpened: false };
  let now = nothing;
  let lastMs = -Infinity;
  /** Typed while there were no rows. */
  let isEarly = false;
  const isOver = (ms: number) => !isEarly && ms - lastMs > pauseMs;

  function end() {
    now = nothing;
    isEarly = false;
  }

  return {
    end,
    type(rows, at, letter, ms) {
      if (isOver(ms)) end();
      const text = now.text + letter;
      const id = typeAheadRow(rows, at ?? '', text);
      // A space opens the row, unless a name goes on with it.
      if (letter === ' ' && (now.text === '' || (id === undefined && rows.length > 0))) return { kind: 'free' };
      lastMs = ms;
      isEarly = rows.length === 0;
      now = { ...now, text, hasFound: now.hasFound || id !== undefined, isMissed: id === undefined };
      if (id !== undefined) return { kind: 'row', id };
      return { kind: isEarly || now.hasFound ? 'kept' : 'free' };
    },
    open() {
      now = { ...now, isOpened: isEarly };
    },
    findPending(rows, at, ms) {
      if (rows.length === 0 || !now.isMissed || isOver(ms)) return null;
      const { text, isOpened } = now;
      const id = typeAheadRow(rows, at ?? '', text);
      // From here on the pause counts.
      if (isEarly) lastMs = ms;
      isEarly = false;
      now = { ...now, isOpened: false, isMissed: id === undefined, hasFound: now.hasFound || id !== undefined };
      if (isOpened) end();
      return id === undefined ? null : { id, isOpened };
    },
  };
}
