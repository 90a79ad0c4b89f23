import { useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { TreeItem } from './treeItem.tsx';
import { treeMove } from './treeKeys.ts';
import type { TreeNode } from './treeNode.ts';
import { currentIdOf, rowIdOf, rowsOf } from './treeRows.ts';
import { createTypeAhead } from './typeAhead.ts';
import { useTreeFocus } from './useTreeFocus.ts';
import styles from './treeView.module.css';

type Props = {
  label: string;
  /** Empty while they load: then the tree itself takes the focus and typed letters, and passes both to the rows. */
  nodes: readonly TreeNode[];
  /** A row just created: it takes the focus when that is in the tree. */
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
 * A tree view (ARIA Authoring Practices) with one tab stop and type-ahead. React Aria's NavigationTree 1.22 stops Home, End
 * and letters at the focused link, and takes Left and Right from a field in a row.
 */
export function TreeView({ label, nodes, newId, onToggle, onOpen, onRename, onDelete, onMenu }: Props) {
  const rows = rowsOf(nodes);
  const root = useRef<HTMLUListElement>(null);
  const [typing] = useState(createTypeAhead);
  const currentId = currentIdOf(nodes);
  const { tabStopId, focus, onFocus, onBlur } = useTreeFocus({ root, rows, currentId, newId, typing, onOpen });

  /** Returns whether the key was a letter of a name; such a letter is no hotkey of the app. */
  function typeLetter(rowId: string | undefined, { key, timeStamp }: KeyboardEvent): boolean {
    if (!/^[\p{L}\p{M}\p{N} ]$/u.test(key)) return false;
    const typed = typing.type(rows, rowId, key, timeStamp);
    if (typed.kind === 'row') focus(typed.id);
    return typed.kind !== 'free';
  }

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const { target, key } = event;
    // Keys inside a row's own button belong to that button.
    if (!(target instanceof Element) || target.closest('button, input') !== null) return;
    const rowId = rowIdOf(target);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && typeLetter(rowId, event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (rowId === undefined) {
      if (key === 'Enter') typing.open();
      return;
    }
    if (key !== 'Shift' && key.length > 1) typing.end();
    if (key === 'Enter' || key === ' ') {
      event.preventDefault();
      onOpen(rowId, event.ctrlKey || event.metaKey);
      return;
    }
    if (!isPlain) return;
    const move = treeMove(rows, rowId, key, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (move !== null) {
      event.preventDefault();
      if (move.kind === 'focus') focus(move.id);
      else onToggle(move.id, move.kind === 'open');
    } else if (key === 'F2') {
      event.preventDefault();
      onRename(rowId);
    } else if (key === 'Delete') {
      event.preventDefault();
      onDelete(rowId);
    }
  }

  return (
    <ul
      ref={root}
      role="tree"
      aria-label={label}
      aria-busy={rows.length === 0 || undefined}
      tabIndex={rows.length === 0 ? 0 : -1}
      className={styles.tree}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={onBlur}
    >
      {nodes.map((node) => (
        <TreeItem key={node.key} node={node} level={1} tabStopId={tabStopId} onMenu={onMenu} />
      ))}
    </ul>
  );
}
