import type { TreeRow } from './treeKeys.ts';
import type { TreeNode } from './treeNode.ts';

/** A row on screen, with its stable key. */
export type DrawnRow = TreeRow & Pick<TreeNode, 'key'>;

/** The rows on screen, top to bottom. */
export function rowsOf(nodes: readonly TreeNode[], parentId?: string): readonly DrawnRow[] {
  return nodes.flatMap((node) => [
    { id: node.id, key: node.key, name: node.name, parentId, isOpen: node.isOpen },
    ...(node.isOpen === true ? rowsOf(node.children ?? [], node.id) : []),
  ]);
}

/** The id of the open place, where its row is on screen. */
export function currentIdOf(nodes: readonly TreeNode[]): string | undefined {
  return nodes
    .flatMap((node) => [node, ...(node.isOpen === true ? (node.children ?? []) : [])])
    .find((node) => node.isCurrent)?.id;
}

/** The id of the row that the element is, or is in. */
export function rowIdOf(element: Element | null): string | undefined {
  return element?.closest<HTMLElement>('[role=treeitem]')?.dataset['id'];
}
