import { createContext, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { treeMove, typedRow, type TreeRow } from './treeKeys.ts';
import styles from './tree.module.css';

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
  nodes: readonly TreeNode[];
  /** A row that has just come to be: it takes the focus when that is in the tree. */
  newId?: string | undefined;
  onToggle: (id: string, isOpen: boolean) => void;
  /** Enter or Space on a row. The event tells whether a new tab was asked for. */
  onOpen: (id: string, event: KeyboardEvent) => void;
  onRename: (id: string) => void;
  onDelete: (id: string) => void;
  /** Right-click, the menu key or a long press. */
  onMenu: (id: string, event: MouseEvent<HTMLElement>) => void;
};

/** Letters typed within this time belong together. */
const typingPause = 700;

/**
 * A tree of places (ARIA Authoring Practices, tree view): one tab stop, arrows, Home and End, typed letters, F2, Delete.
 * Our own, because React Aria's NavigationTree 1.22 stops every key but the arrows at the link it focuses: Home, End and
 * typed letters are dead there, and it takes Left and Right away from a field in a row.
 */
export function Tree({ label, nodes, newId, onToggle, onOpen, onRename, onDelete, onMenu }: Props) {
  const rows = rowsOf(nodes);
  const [focusedId, setFocusedId] = useState<string>();
  const target = rows.some((row) => row.id === focusedId) ? focusedId : (currentOf(nodes) ?? rows[0]?.id);
  const root = useRef<HTMLUListElement>(null);
  const typed = useRef({ text: '', timer: 0 });
  const drawn = useRef(rows);
  useEffect(() => {
    const { timer } = typed.current;
    return () => clearTimeout(timer);
  }, []);

  // When the row with focus is gone, the one that took its place gets it, so that the keyboard is never lost.
  useEffect(() => {
    const before = drawn.current;
    drawn.current = rows;
    const index = before.findIndex((row) => row.id === focusedId);
    if (index < 0 || rows.some((row) => row.id === focusedId) || document.activeElement !== document.body) return;
    const heir = rows[Math.min(index, rows.length - 1)];
    if (heir !== undefined) focus(heir.id);
  });

  const focusNew = useEffectEvent((id: string) => {
    if (root.current?.contains(document.activeElement) === true) focus(id);
  });
  useEffect(() => {
    if (newId !== undefined) focusNew(newId);
  }, [newId]);

  function focus(id: string) {
    setFocusedId(id);
    root.current?.querySelector<HTMLElement>(`[role=treeitem][data-id="${CSS.escape(id)}"]`)?.focus();
  }

  function typeahead(at: string, event: KeyboardEvent) {
    clearTimeout(typed.current.timer);
    typed.current.text += event.key;
    typed.current.timer = window.setTimeout(() => (typed.current.text = ''), typingPause);
    const found = typedRow(rows, at, typed.current.text);
    if (found === undefined) return;
    // A letter that finds a place is not one of the app's single keys as well.
    event.preventDefault();
    event.stopPropagation();
    focus(found);
  }

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
    const at = item?.dataset['id'];
    // Keys inside a row's own button belong to that button.
    if (at === undefined || (event.target instanceof Element && event.target.closest('button, input') !== null)) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen(at, event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = treeMove(rows, at, event.key, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (move !== null) {
      event.preventDefault();
      if (move.kind === 'focus') focus(move.id);
      else onToggle(move.id, move.kind === 'open');
    } else if (event.key === 'F2') {
      event.preventDefault();
      onRename(at);
    } else if (event.key === 'Delete') {
      event.preventDefault();
      onDelete(at);
    } else if (event.key.length === 1 && !event.shiftKey) {
      typeahead(at, event);
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
      className={styles.tree}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const id = event.target.closest<HTMLElement>('[role=treeitem]')?.dataset['id'];
        if (id !== undefined) setFocusedId(id);
      }}
    >
      {nodes.map((node) => draw(node, 1))}
    </ul>
  );
}

function rowsOf(nodes: readonly TreeNode[], parentId?: string): readonly TreeRow[] {
  return nodes.flatMap((node) => [
    { id: node.id, name: node.name, parentId, isOpen: node.isOpen },
    ...(node.isOpen === true ? rowsOf(node.children ?? [], node.id) : []),
  ]);
}

function currentOf(nodes: readonly TreeNode[]): string | undefined {
  return nodes
    .flatMap((node) => [node, ...(node.isOpen === true ? (node.children ?? []) : [])])
    .find((node) => node.isCurrent)?.id;
}
