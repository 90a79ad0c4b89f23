import type { FolderRef } from '../menus/folderRef.ts';
import type { FolderEdits } from '../state/useFolderEdits.ts';
import type { FolderTreeData } from '../state/useFolderTree.ts';

/** What the nodes of the tree are drawn from. */
export type FolderNodesInput = {
  places: FolderTreeData;
  edits: FolderEdits;
  closed: ReadonlySet<string>;
  setOpen: (id: string, isOpen: boolean) => void;
  /** Opens the menu of a row at its button. */
  onMore: (place: FolderRef, button: HTMLElement) => void;
  onNavigate: (() => void) | undefined;
};
