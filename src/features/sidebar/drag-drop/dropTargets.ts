import { draggedTasksType } from '../../../data/tasks/useBulkActions.ts';
import type { DraggedTasks } from '../../../data/tasks/useBulkActions.ts';

/** The drag type of folders. */
const folderType = 'application/x-threefold-folder';

/** Time over a closed group until it opens; ms (docs/design.md#pointer-and-drag). */
const openDelayMs = 600;

/** The places behind the tree's rows, by row id, and what dropping does. */
export type DropTargets = {
  /** Own folders, with the key of their group. */
  folder: (id: string) => { id: string; groupKey: string; isDefault: boolean } | undefined;
  group: (id: string) => { groupKey: string; isOpen: boolean } | undefined;
  draggedTasks: () => DraggedTasks | null;
  open: (groupId: string) => void;
  moveTasks: (dragged: DraggedTasks, folderId: string) => void;
  moveFolder: (folderId: string, toGroup: string) => void;
};

/**
 * Lets tasks be dropped on folders, and folders on groups or folders of other groups. `data-drop` marks the target row.
 * Returns a function that removes the listeners.
 */
export function registerDropTargets(tree: HTMLElement, places: () => DropTargets): () => void {
  let marked: HTMLElement | null = null;
  let draggedFolderId: string | null = null;
  let openTimer: ReturnType<typeof setTimeout> | undefined;

  function mark(row: HTMLElement | null) {
    if (row === marked) return;
    marked?.removeAttribute('data-drop');
    row?.setAttribute('data-drop', '');
    marked = row;
  }
  function leave() {
    mark(null);
    clearTimeout(openTimer);
  }

  /** The row under the pointer and what a drop there does; null where nothing can be dropped. */
  function dropAt(event: DragEvent): { row: HTMLElement; drop: () => void } | null {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
    const id = row?.dataset['id'];
    if (row === null || id === undefined) return null;
    const { folder, group, draggedTasks, moveTasks, moveFolder } = places();
    const dragged = draggedTasks();
    if (dragged !== null && event.dataTransfer?.types.includes(draggedTasksType) === true) {
      const to = folder(id);
      const isMove = dragged.mailbox === 'me' && dragged.tasks.some(({ folderId }) => folderId !== id);
      return to !== undefined && isMove ? { row, drop: () => moveTasks(dragged, id) } : null;
    }
    const moving = draggedFolderId === null ? undefined : folder(draggedFolderId);
    const toGroup = group(id)?.groupKey ?? folder(id)?.groupKey;
    if (moving === undefined || toGroup === undefined || toGroup === moving.groupKey) return null;
    return { row, drop: () => moveFolder(moving.id, toGroup) };
  }

  function openLater(event: DragEvent) {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
    const id = row?.dataset['id'];
    clearTimeout(openTimer);
    if (id === undefined || places().group(id)?.isOpen !== false) return;
    openTimer = setTimeout(() => places().open(id), openDelayMs);
  }

  const on = {
    dragstart(event: DragEvent) {
      const id =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]')?.dataset['id'] : '';
      const folder = id === undefined ? undefined : places().folder(id);
      if (folder === undefined || folder.isDefault || event.dataTransfer === null) return;
      draggedFolderId = folder.id;
      event.dataTransfer.setData(folderType, '');
      event.dataTransfer.effectAllowed = 'copyMove';
    },
    dragenter: openLater,
    dragover(event: DragEvent) {
      const found = dropAt(event);
      mark(found?.row ?? null);
      if (found === null || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
    },
    dragleave(event: DragEvent) {
      if (!(event.relatedTarget instanceof Node) || !tree.contains(event.relatedTarget)) leave();
    },
    drop(event: DragEvent) {
      const found = dropAt(event);
      leave();
      if (found === null) return;
      event.preventDefault();
      found.drop();
    },
    dragend() {
      draggedFolderId = null;
      leave();
    },
  } as const;
  const names = ['dragstart', 'dragenter', 'dragover', 'dragleave', 'drop', 'dragend'] as const;
  for (const name of names) tree.addEventListener(name, on[name]);
  return () => {
    leave();
    for (const name of names) tree.removeEventListener(name, on[name]);
  };
}
