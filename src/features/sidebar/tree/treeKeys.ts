/** One row on screen. `isOpen` is absent where there is nothing to open. */
export type TreeRow = { id: string; name: string; parentId?: string | undefined; isOpen?: boolean | undefined };

export type TreeMove = { kind: 'focus'; id: string } | { kind: 'open'; id: string } | { kind: 'close'; id: string };

/**
 * The move of a key (ARIA Authoring Practices, tree view). `forward` opens a group or enters it, `back` closes it or leaves
 * it; they are Right and Left, swapped in right-to-left pages.
 */
export function treeMove(rows: readonly TreeRow[], at: string, key: string, isRightToLeft = false): TreeMove | null {
  const index = rows.findIndex((row) => row.id === at);
  const row = rows[index];
  if (row === undefined) return null;
  const focus = (target: TreeRow | undefined): TreeMove | null =>
    target === undefined ? null : { kind: 'focus', id: target.id };
  const [forward, back] = isRightToLeft ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  switch (key) {
    case 'ArrowDown':
      return focus(rows[index + 1]);
    case 'ArrowUp':
      return focus(rows[index - 1]);
    case 'Home':
      return focus(rows[0]);
    case 'End':
      return focus(rows.at(-1));
    case forward:
      if (row.isOpen === false) return { kind: 'open', id: row.id };
      return row.isOpen === true ? focus(rows.find((each) => each.parentId === row.id)) : null;
    case back:
      if (row.isOpen === true) return { kind: 'close', id: row.id };
      return focus(rows.find((each) => each.id === row.parentId));
    default:
      return null;
  }
}

/**
 * The next row whose name begins with the typed letters, wrapping at the end. One letter moves on from the current row; more
 * letters may stay on it.
 */
export function typeAheadRow(rows: readonly TreeRow[], at: string, typed: string): string | undefined {
  const wanted = typed.toLocaleLowerCase();
  const index = rows.findIndex((row) => row.id === at);
  const from = wanted.length === 1 ? index + 1 : Math.max(index, 0);
  const round = [...rows.slice(from), ...rows.slice(0, from)];
  return round.find((row) => row.name.toLocaleLowerCase().startsWith(wanted))?.id;
}
