import { createContext, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { treeMove, type TreeRow } from './treeKeys.ts';
import { createTypeAhead } from './typeAhead.ts';
import styles from './treeView.module.css';

export type TreeNode = {
  id: string;
  /** Stays the same when the server gives the place its id, so that nothing typed or focused in it is lost. */
  key: string;
  /** What typed letters look for. */
  name: string;
  /** The row's name read out: with the count and its noun, without the row's button. */
  spoken: string;
  /** The place that is open now: `aria-current`. */
  isCurrent?: boolean;
  /** Absent where nothing can be opened. */
  isOpen?: boolean;
  row: ReactNode;
  children?: readonly TreeNode[];
  /** Stands under the row in place of children. */
  empty?: ReactNode;
};

/** Whether the tree's one tab stop is on this row: only there may Tab reach the row's button. */
export const IsTabStop = createContext(false);

type Props = {
  label: string;
  /** None while they are on their way: then the tree itself takes the focus and the letters, and hands both to the rows. */
  nodes: readonly TreeNode[];
  /** A row that has just come to be: it takes the focus when that is in the tree. */
  newId?: string | undefined;
  onToggle: (id: string, isOpen: boolean) => void;
  /** Enter or Space on a row. */
  onOpen: (id: string, isInNewTab: boolean) => void;
  onRename: (id: string) => void;
  onDelete: (id: string) => void;
  /** Right-click, the menu key or a long press. */
  onMenu: (id: string, event: MouseEvent<HTMLElement>) => void;
};

/**
 * A tree of places (ARIA Authoring Practices, tree view): one tab stop, arrows, Home and End, typed letters, F2, Delete.
 * Our own, because React Aria's NavigationTree 1.22 stops every key but the arrows at the link it focuses: Home, End and
 * typed letters are dead there, and it takes Left and Right away from a field in a row.
 */
export function TreeView({ label, nodes, newId, onToggle, onOpen, onRename, onDelete, onMenu }: Props) {
  const rows = rowsOf(nodes);
  /** By key: a row that gets its id from the server stays the one with the focus. */
  const [focusedKey, setFocusedKey] = useState<string>();
  const target = rows.find((row) => row.key === focusedKey)?.id ?? currentOf(nodes) ?? rows[0]?.id;
  const root = useRef<HTMLUListElement>(null);
  const [typing] = useState(createTypeAhead);
  const drawn = useRef(rows);
  /** Whether the focus was in here when it was last anywhere: where it is lost with its row, it was not given away. */
  const isHeld = useRef(false);

  // Rows come and go while somebody is here: the keyboard stays, and letters typed before their row came find it.
  useLayoutEffect(() => {
    const before = drawn.current;
    drawn.current = rows;
    const active = document.activeElement;
    if (active === root.current || isRow(active)) {
      const found = typing.take(rows, idOf(active), performance.now());
      const next = found?.id ?? (active === root.current ? target : undefined);
      if (next !== undefined) focus(next);
      if (found?.isOpened === true) onOpen(found.id, false);
      return;
    }
    if (active !== document.body) return;
    const isThere = rows.some((row) => row.key === focusedKey);
    const index = before.findIndex((row) => row.key === focusedKey);
    // A row that is elsewhere now is drawn anew; the place of one that is gone is the next one's.
    if (isThere && isHeld.current && target !== undefined) focus(target);
    const heir = isThere || index < 0 ? undefined : rows[Math.min(index, rows.length - 1)];
    if (heir !== undefined) focus(heir.id);
  });

  const focusNew = useEffectEvent((id: string) => {
    const active = document.activeElement;
    // It may have come late, from a slow disk: whoever types the next name by now is not interrupted.
    if (active instanceof HTMLInputElement || root.current?.contains(active) !== true) return;
    focus(id);
  });
  useEffect(() => {
    if (newId !== undefined) focusNew(newId);
  }, [newId]);

  function isRow(element: Element | null): boolean {
    return element?.matches('[role=treeitem]') === true && root.current?.contains(element) === true;
  }
  function focus(id: string) {
    root.current?.querySelector<HTMLElement>(`[role=treeitem][data-id="${CSS.escape(id)}"]`)?.focus();
  }

  /** Whether the key was a letter of a name; such a letter is not one of the app's single keys as well. */
  function hearLetter(at: string | undefined, { key, timeStamp }: KeyboardEvent): boolean {
    if (!/^[\p{L}\p{M}\p{N} ]$/u.test(key)) return false;
    const typed = typing.type(rows, at, key, timeStamp);
    if (typed.kind === 'row') focus(typed.id);
    return typed.kind !== 'free';
  }

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const { target: pressed, key } = event;
    // Keys inside a row's own button belong to that button.
    if (!(pressed instanceof Element) || pressed.closest('button, input') !== null) return;
    const at = idOf(pressed);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && hearLetter(at, event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (at === undefined) {
      if (key === 'Enter') typing.open();
      return;
    }
    if (key !== 'Shift' && key.length > 1) typing.end();
    if (key === 'Enter' || key === ' ') {
      event.preventDefault();
      onOpen(at, event.ctrlKey || event.metaKey);
      return;
    }
    if (!isPlain) return;
    const move = treeMove(rows, at, key, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (move !== null) {
      event.preventDefault();
      if (move.kind === 'focus') focus(move.id);
      else onToggle(move.id, move.kind === 'open');
    } else if (key === 'F2') {
      event.preventDefault();
      onRename(at);
    } else if (key === 'Delete') {
      event.preventDefault();
      onDelete(at);
    }
  }

  const draw = (node: TreeNode, level: number): ReactNode => {
    const children = node.isOpen === true ? (node.children ?? []) : [];
    return (
      <li key={node.key} role="none">
        <div
          role="treeitem"
          aria-label={node.spoken}
          aria-level={level}
          aria-expanded={node.isOpen}
          aria-current={node.isCurrent === true ? 'page' : undefined}
          tabIndex={node.id === target ? 0 : -1}
          data-id={node.id}
          className={styles.item}
          onContextMenu={(event) => onMenu(node.id, event)}
        >
          <IsTabStop value={node.id === target}>{node.row}</IsTabStop>
        </div>
        {children.length > 0 && (
          <ul role="group" className={styles.group}>
            {children.map((child) => draw(child, level + 1))}
          </ul>
        )}
        {node.isOpen === true && children.length === 0 && node.empty}
      </li>
    );
  };

  return (
    <ul
      ref={root}
      role="tree"
      aria-label={label}
      aria-busy={rows.length === 0 || undefined}
      tabIndex={rows.length === 0 ? 0 : -1}
      className={styles.tree}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        isHeld.current = true;
        const id = idOf(event.target);
        if (id === undefined && target !== undefined) focus(target);
        if (id !== undefined) setFocusedKey(rows.find((row) => row.id === id)?.key);
      }}
      onBlur={() => (isHeld.current = false)}
    >
      {nodes.map((node) => draw(node, 1))}
    </ul>
  );
}

type DrawnRow = TreeRow & Pick<TreeNode, 'key'>;

/** Of the row that it is, or is in. */
const idOf = (element: Element | null) => element?.closest<HTMLElement>('[role=treeitem]')?.dataset['id'];

function rowsOf(nodes: readonly TreeNode[], parentId?: string): readonly DrawnRow[] {
  return nodes.flatMap((node) => [
    { id: node.id, key: node.key, name: node.name, parentId, isOpen: node.isOpen },
    ...(node.isOpen === true ? rowsOf(node.children ?? [], node.id) : []),
  ]);
}

function currentOf(nodes: readonly TreeNode[]): string | undefined {
  return nodes
    .flatMap((node) => [node, ...(node.isOpen === true ? (node.children ?? []) : [])])
    .find((node) => node.isCurrent)?.id;
}
