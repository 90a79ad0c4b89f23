import { draggedTasksType } from '../../../data/tasks/useBulkActions.ts';
import type { DraggedTasks } from '../../../data/tasks/useBulkActions.ts';

/** What drags of folders are marked with. */
const folderType = 'application/x-threefold-folder';

/** How long something is held over a closed group before it opens; ms (docs/design.md#pointer-and-drag). */
const springMs = 600;

/** What the tree knows of its rows, by the id they are drawn with. */
export type DropTargets = {
  /** Own folders; `groupKey` of the group they stand in. */
  folder: (id: string) => { id: string; groupKey: string; isDefault: boolean } | undefined;
  group: (id: string) => { groupKey: string; isOpen: boolean } | undefined;
  carried: () => DraggedTasks | null;
  open: (groupId: string) => void;
  moveTasks: (carried: DraggedTasks, folderId: string) => void;
  moveFolder: (folderId: string, toGroup: string) => void;
};

/**
 * Tasks are dropped onto folders, folders onto groups or folders of other groups. All of it stands in menus too. Listens on
 * the tree itself; `data-drop` marks the row that would take it. Answers how to stop.
 */
export function registerDropTargets(tree: HTMLElement, places: () => DropTargets): () => void {
  let over: HTMLElement | null = null;
  let held: string | null = null;
  let spring: ReturnType<typeof setTimeout> | undefined;

  function mark(row: HTMLElement | null) {
    if (row === over) return;
    over?.removeAttribute('data-drop');
    row?.setAttribute('data-drop', '');
    over = row;
  }
  function leave() {
    mark(null);
    clearTimeout(spring);
  }

  /** The row under the pointer and what dropping there does; null where nothing can be dropped. */
  function dropAt(event: DragEvent): { row: HTMLElement; drop: () => void } | null {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
    const id = row?.dataset['id'];
    if (row === null || id === undefined) return null;
    const { folder, group, carried, moveTasks, moveFolder } = places();
    const inHand = carried();
    if (inHand !== null && event.dataTransfer?.types.includes(draggedTasksType) === true) {
      const to = folder(id);
      const isNews = inHand.mailbox === 'me' && inHand.tasks.some(({ folderId }) => folderId !== id);
      return to !== undefined && isNews ? { row, drop: () => moveTasks(inHand, id) } : null;
    }
    const moving = held === null ? undefined : folder(held);
    const toGroup = group(id)?.groupKey ?? folder(id)?.groupKey;
    if (moving === undefined || toGroup === undefined || toGroup === moving.groupKey) return null;
    return { row, drop: () => moveFolder(moving.id, toGroup) };
  }

  function springOpen(event: DragEvent) {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
    const id = row?.dataset['id'];
    clearTimeout(spring);
    if (id === undefined || places().group(id)?.isOpen !== false) return;
    spring = setTimeout(() => places().open(id), springMs);
  }

  const on = {
    dragstart(event: DragEvent) {
      const id =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]')?.dataset['id'] : '';
      const folder = id === undefined ? undefined : places().folder(id);
      if (folder === undefined || folder.isDefault || event.dataTransfer === null) return;
      held = folder.id;
      event.dataTransfer.setData(folderType, '');
      event.dataTransfer.effectAllowed = 'copyMove';
    },
    dragenter: springOpen,
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
      held = null;
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
