import { useEffect, useLayoutEffect, useRef } from 'react';

/** Marks a pane for F6. Panes are walked in document order. */
export const paneAttribute = 'data-pane';

const tabbable =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** Where focus was last inside each pane, so that coming back goes on there. */
const lastFocus = new WeakMap<Element, HTMLElement>();

/** Moves focus into a pane: to where it was, else to its tree's or grid's own stop, else to its first control. */
export function focusPane(pane: Element): void {
  const last = lastFocus.get(pane);
  const stop = pane.querySelector<HTMLElement>(
    '[role=tree] [tabindex="0"], [role=tree][tabindex="0"], [role=grid] [tabindex="0"], [role=grid][tabindex="0"]',
  );
  const target = last !== undefined && pane.contains(last) ? last : (stop ?? pane.querySelector<HTMLElement>(tabbable));
  target?.focus();
}

/** "Skip to tasks", and where focus goes after a jump by key: the list, or whatever page stands in its place. */
export function focusMain(): void {
  const main = document.querySelector<HTMLElement>('main');
  if (main === null) return;
  const stop = main.querySelector<HTMLElement>('[role=grid] [tabindex="0"], [role=grid][tabindex="0"]');
  if (stop === null) main.tabIndex = -1;
  (stop ?? main).focus();
}

/** The field of the place on screen that says N leads to it; false where tasks are not added. */
export function focusQuickAdd(): boolean {
  const field = document.querySelector<HTMLElement>('main [aria-keyshortcuts="N"]');
  field?.focus();
  return field !== null;
}

/** The open task; its keys (S, I, D, Esc) work from there. False while it is not drawn yet. */
export function focusEditor(): boolean {
  const editor = document.querySelector<HTMLElement>('[data-task-editor]');
  editor?.focus();
  return editor !== null;
}

/** Runs once the place that was asked for is on the screen. */
export const afterNextPaint = (run: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(run));

export const findPane = (name: string): Element | null => document.querySelector(`[${paneAttribute}="${name}"]`);

/**
 * What led to another place may be gone with the old one, and the focus with it: then the new place gets the focus, so
 * that reading and the Tab key go on there and not at the top of the window.
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
