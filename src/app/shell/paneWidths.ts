/** Widths of the two panes beside the list, in CSS px (docs/design.md#layout). Stored per device. */
export const paneLimits = {
  sidebar: { min: 220, initial: 256, max: 340 },
  editor: { min: 380, initial: 444, max: 640 },
} as const;

export type PaneName = keyof typeof paneLimits;
export type PaneWidths = Record<PaneName, number>;

export const defaultPaneWidths: PaneWidths = { sidebar: paneLimits.sidebar.initial, editor: paneLimits.editor.initial };

/** The nearest allowed width. */
export function clampPaneWidth(pane: PaneName, width: number): number {
  const { min, max, initial } = paneLimits[pane];
  return Number.isFinite(width) ? Math.round(Math.min(max, Math.max(min, width))) : initial;
}

/** Parses what `formatPaneWidths` wrote; other text gives the default widths. */
export function parsePaneWidths(text: string | null): PaneWidths {
  const [sidebar, editor] = (text ?? '').split(' ').map(Number);
  if (!sidebar || !editor) return defaultPaneWidths;
  return { sidebar: clampPaneWidth('sidebar', sidebar), editor: clampPaneWidth('editor', editor) };
}

export const formatPaneWidths = ({ sidebar, editor }: PaneWidths): string => `${sidebar} ${editor}`;

/** The width after a key press; `grow` is the arrow that widens this pane. Undefined for other keys. */
export function paneWidthAfterKey(pane: PaneName, width: number, key: string, grow: 'ArrowLeft' | 'ArrowRight') {
  const { min, max, initial } = paneLimits[pane];
  const step = 16;
  if (key === grow) return clampPaneWidth(pane, width + step);
  if (key === 'ArrowLeft' || key === 'ArrowRight') return clampPaneWidth(pane, width - step);
  if (key === 'Home') return min;
  if (key === 'End') return max;
  if (key === 'Enter') return initial;
  return undefined;
}
