import { createContext, use } from 'react';
import type { TaskFolder } from '../../domain/task/task.ts';

/** How much room there is (docs/design.md#layout). */
export type ShellLayout = 'phone' | 'twoPanes' | 'threePanes' | 'wide';

export type ShellState = {
  room: ShellLayout;
  editorWidth: number;
  setEditorWidth: (width: number, isDone: boolean) => void;
  /** Whether the sidebar stands beside the list now. */
  isSidebarShown: boolean;
  toggleSidebar: () => void;
  /** Shows the people of an own folder. */
  share: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
  /** Asks first when changes wait. */
  signOut: () => void;
};

export const ShellContext = createContext<ShellState | undefined>(undefined);

/** What the frame around every place knows. */
export function useShell(): ShellState {
  const state = use(ShellContext);
  if (state === undefined) throw new Error('Shell is missing above this component');
  return state;
}
