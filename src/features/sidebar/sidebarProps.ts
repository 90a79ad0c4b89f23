import type { ReactNode } from 'react';
import type { TaskFolder } from '../../domain/task/task.ts';

/** The left pane: draws its own `<nav>` landmark, so the shell only places it. Reads the open place from the router. */
export type SidebarProps = {
  /** Sign-out was chosen. The account feature asks first when changes wait (`useSignOut`). */
  onSignOut: () => void;
  /** Opens the sharing of an own folder. */
  onShare: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
  /** Called after a navigation; a drawer closes itself then. */
  onNavigate?: (() => void) | undefined;
  /** Drawn last inside the landmark: the shell's resize handle. */
  edge?: ReactNode;
};

/** The phone's Folders page. */
export type FoldersPageProps = Pick<SidebarProps, 'onSignOut' | 'onShare'>;
