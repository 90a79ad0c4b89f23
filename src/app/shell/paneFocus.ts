import { useEffect, useLayoutEffect, useRef } from 'react';

/** Marks a pane for F6. The order of panes is that of the document. */
export const paneAttribute = 'data-pane';

const tabbable =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** The last focused element of each pane. */
const lastFocus = new WeakMap<Element, HTMLElement>();

/**
 * Moves the focus into a pane: to its last position, else to the tab stop of its tree or grid, else to its first
 * control.
 */
export function focusPane(pane: Element): void {
  const last = lastFocus.get(pane);
  const stop = pane.querySelector<HTMLElement>(
    '[role=tree] [tabindex="0"], [role=tree][tabindex="0"], [role=grid] [tabindex="0"], [role=grid][tabindex="0"]',
  );
  const target = last !== undefined && pane.contains(last) ? last : (stop ?? pane.querySelector<HTMLElement>(tabbable));
  target?.focus();
}

/** Focuses the list, or the page shown in its place; false while neither is mounted. */
export function focusMain(): boolean {
  const main = document.querySelector<HTMLElement>('main');
  if (main === null) return false;
  const stop = main.querySelector<HTMLElement>('[role=grid] [tabindex="0"], [role=grid][tabindex="0"]');
  if (stop === null) main.tabIndex = -1;
  (stop ?? main).focus();
  return true;
}

/** Focuses the page's field for new tasks; false where there is none. */
export function focusQuickAdd(): boolean {
  const field = document.querySelector<HTMLElement>('main [aria-keyshortcuts="N"]');
  field?.focus();
  return field !== null;
}

/** Focuses the title of the open task; false while it is not mounted. */
export function focusEditor(): boolean {
  const editor = document.querySelector<HTMLElement>('[data-task-editor]');
  const title = editor?.querySelector('textarea');
  (title ?? editor)?.focus();
  // A field that gets the focus by script has the cursor at its start.
  title?.setSelectionRange(1e6, 1e6);
  return editor !== null;
}

/** Runs after the next paint. */
export const afterNextPaint = (run: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(run));

export const findPane = (name: string): Element | null => document.querySelector(`[${paneAttribute}="${name}"]`);

/**
 * Navigation may unmount the focused element. The new page then takes the focus, so that screen readers and Tab
 * continue there.
 */
export function useFocusAfterNavigation(place: string): void {
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    afterNextPaint(() => {
      const main = document.querySelector<HTMLElement>('main');
      if (main === null || document.activeElement !== document.body) return;
      main.tabIndex = -1;
      main.focus({ preventScroll: true });
    });
  }, [place]);
}

/** F6 and Shift F6 move between panes, also while a field has focus (docs/design.md#keyboard). */
export function usePaneHotkeys(): void {
  useLayoutEffect(() => {
    const panes = () => [...document.querySelectorAll(`[${paneAttribute}]`)];
    const at = (element: Element | null) => element?.closest(`[${paneAttribute}]`) ?? null;
    function onFocus({ target }: FocusEvent) {
      if (!(target instanceof HTMLElement)) return;
      const pane = at(target);
      if (pane !== null) lastFocus.set(pane, target);
    }
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const all = panes();
      if (all.length === 0) return;
      event.preventDefault();
      const here = at(document.activeElement);
      const from = here === null ? (event.shiftKey ? all.length : -1) : all.indexOf(here);
      const next = all[(from + (event.shiftKey ? -1 : 1) + all.length) % all.length];
      if (next !== undefined) focusPane(next);
    }
    document.addEventListener('focusin', onFocus);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}
