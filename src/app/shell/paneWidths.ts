/** Widths of the two panes beside the list, in CSS px (docs/design.md#layout). They are kept per device. */
export const paneLimits = {
  sidebar: { least: 220, usual: 256, most: 340 },
  editor: { least: 380, usual: 444, most: 640 },
} as const;

export type PaneName = keyof typeof paneLimits;
export type PaneWidths = Record<PaneName, number>;

export const defaultPaneWidths: PaneWidths = { sidebar: paneLimits.sidebar.usual, editor: paneLimits.editor.usual };

/** The nearest allowed width. */
export function clampPaneWidth(pane: PaneName, width: number): number {
  const { least, most, usual } = paneLimits[pane];
  return Number.isFinite(width) ? Math.round(Math.min(most, Math.max(least, width))) : usual;
}

/** Reads what `formatPaneWidths` wrote; anything else gives the usual widths. */
export function parsePaneWidths(text: string | null): PaneWidths {
  const [sidebar, editor] = (text ?? '').split(' ').map(Number);
  if (!sidebar || !editor) return defaultPaneWidths;
  return { sidebar: clampPaneWidth('sidebar', sidebar), editor: clampPaneWidth('editor', editor) };
}

export const formatPaneWidths = ({ sidebar, editor }: PaneWidths): string => `${sidebar} ${editor}`;

/** Where a key takes the edge of a pane: `grow` is the arrow that makes this pane wider. Undefined for other keys. */
export function paneWidthAfterKey(pane: PaneName, width: number, key: string, grow: 'ArrowLeft' | 'ArrowRight') {
  const { least, most, usual } = paneLimits[pane];
  const step = 16;
  if (key === grow) return clampPaneWidth(pane, width + step);
  if (key === 'ArrowLeft' || key === 'ArrowRight') return clampPaneWidth(pane, width - step);
  if (key === 'Home') return least;
  if (key === 'End') return most;
  if (key === 'Enter') return usual;
  return undefined;
}
