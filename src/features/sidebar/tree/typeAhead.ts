import { typeAheadRow, type TreeRow } from './treeKeys.ts';

/** The result of a typed letter: a row, part of a longer text ('kept'), or not used here ('free'). */
export type TypeAheadResult = { kind: 'row'; id: string } | { kind: 'kept' | 'free' };

export type TypeAhead = {
  /** `at` is the focused row, `ms` the time stamp of the key event. */
  type: (rows: readonly TreeRow[], at: string | undefined, letter: string, ms: number) => TypeAheadResult;
  /** Enter before there is any row: the row that the letters find is opened. */
  open: () => void;
  /** After rows changed: the row that the last letters did not find before, if it is there typed. */
  findPending: (
    rows: readonly TreeRow[],
    at: string | undefined,
    ms: number,
  ) => { id: string; isOpened: boolean } | null;
  /** Another key: the next letter starts a new text. */
  end: () => void;
};

/** Letters typed within this time belong together. */
const pauseMs = 700;

/**
 * Type-ahead over the rows' names. Letters typed before their row exists find it when it arrives within the pause; without
 * any rows, whenever they arrive.
 */
export function createTypeAhead(): TypeAhead {
  const empty = { text: '', hasFound: false, isMissed: false, isOpened: false };
  let typed = empty;
  let lastMs = -Infinity;
  /** The letters were typed while there were no rows. */
  let isEarly = false;
  const isOver = (ms: number) => !isEarly && ms - lastMs > pauseMs;

  function end() {
    typed = empty;
    isEarly = false;
  }

  return {
    end,
    type(rows, at, letter, ms) {
      if (isOver(ms)) end();
      const text = typed.text + letter;
      const id = typeAheadRow(rows, at ?? '', text);
      // A space opens the row, unless a name goes on with it.
      if (letter === ' ' && (typed.text === '' || (id === undefined && rows.length > 0))) return { kind: 'free' };
      lastMs = ms;
      isEarly = rows.length === 0;
      typed = { ...typed, text, hasFound: typed.hasFound || id !== undefined, isMissed: id === undefined };
      if (id !== undefined) return { kind: 'row', id };
      return { kind: isEarly || typed.hasFound ? 'kept' : 'free' };
    },
    open() {
      typed = { ...typed, isOpened: isEarly };
    },
    findPending(rows, at, ms) {
      if (rows.length === 0 || !typed.isMissed || isOver(ms)) return null;
      const { text, isOpened } = typed;
      const id = typeAheadRow(rows, at ?? '', text);
      // The pause starts when the rows arrive.
      if (isEarly) lastMs = ms;
      isEarly = false;
      typed = { ...typed, isOpened: false, isMissed: id === undefined, hasFound: typed.hasFound || id !== undefined };
      if (isOpened) end();
      return id === undefined ? null : { id, isOpened };
    },
  };
}
