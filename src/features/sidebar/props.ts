/** The left pane: draws its own `<nav>` landmark, so the shell only gives it room. Reads the open place from the router. */
export type SidebarProps = {
  /** Called after a link in it was followed; a drawer closes itself here. */
  onNavigate?: (() => void) | undefined;
};

/** The phone's Folders page; it draws a `<main>`. */
export type FoldersPageProps = Record<never, never>;
