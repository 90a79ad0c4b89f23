import { createContext, use } from 'react';
import type { TaskFolder } from '../../domain/task/task.ts';

/** Which panes fit into the window (docs/design.md#layout). */
export type ShellLayout = 'phone' | 'twoPanes' | 'threePanes' | 'wide';

export type ShellState = {
  layout: ShellLayout;
  editorWidth: number;
  setEditorWidth: (width: number, isDone: boolean) => void;
  /** Whether the sidebar is shown beside the list now. */
  isSidebarShown: boolean;
  toggleSidebar: () => void;
  /** Opens the sharing dialog of an own folder. */
  share: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
  /** Asks first when changes are unsent. */
  signOut: () => void;
};

export const ShellContext = createContext<ShellState | undefined>(undefined);

/** The state of the layout around the current page. */
export function useShell(): ShellState {
  const state = use(ShellContext);
  if (state === undefined) throw new Error('Shell is missing above this component');
  return state;
}
