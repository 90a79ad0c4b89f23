import type { ReactNode } from 'react';
import type { TaskFolder } from '../../domain/task/task.ts';

/** The left pane: draws its own `<nav>` landmark, so the shell only gives it room. Reads the open place from the router. */
export type SidebarProps = {
  /** Sign-out was chosen. The account feature asks first when changes wait (`useSignOut`). */
  onSignOut: () => void;
  /** The people of an own folder were asked for. */
  onShare: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
  /** Called after a link in it was followed; a drawer closes itself here. */
  onNavigate?: (() => void) | undefined;
  /** Drawn last inside the landmark: the edge that the shell lets people drag. */
  edge?: ReactNode;
};

/** The phone's Folders page. */
export type FoldersPageProps = Pick<SidebarProps, 'onSignOut' | 'onShare'>;
