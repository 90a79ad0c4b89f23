import type { MouseEvent } from 'react';
import { IsTabStop } from './isTabStop.ts';
import type { TreeNode } from './treeNode.ts';
import styles from './treeView.module.css';

type Props = {
  node: TreeNode;
  /** From 1. */
  level: number;
  /** The id of the row with the tab stop. */
  tabStopId: string | undefined;
  onMenu: (id: string, event: MouseEvent<HTMLElement>) => void;
};

/** One row of the tree with the rows below it. */
export function TreeItem({ node, level, tabStopId, onMenu }: Props) {
  const children = node.isOpen === true ? (node.children ?? []) : [];
  return (
    <li role="none">
      <div
        role="treeitem"
        aria-label={node.spoken}
        aria-level={level}
        aria-expanded={node.isOpen}
        aria-current={node.isCurrent === true ? 'page' : undefined}
        tabIndex={node.id === tabStopId ? 0 : -1}
        data-id={node.id}
        className={styles.item}
        onContextMenu={(event) => onMenu(node.id, event)}
      >
        <IsTabStop value={node.id === tabStopId}>{node.row}</IsTabStop>
      </div>
      {children.length > 0 && (
        <ul role="group" className={styles.group}>
          {children.map((child) => (
            <TreeItem key={child.key} node={child} level={level + 1} tabStopId={tabStopId} onMenu={onMenu} />
          ))}
        </ul>
      )}
      {node.isOpen === true && children.length === 0 && node.empty}
    </li>
  );
}
