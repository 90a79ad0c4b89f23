import { isMac, keyLabels } from '../keyboard/keyLabels.ts';
import kbd from '../keyboard/shortcut.module.css';
import styles from './tooltip.module.css';

/*
 * One tooltip for the whole page, shown for the hovered or focused element inside `data-hint`: one set of listeners
 * instead of a component per button. It repeats the accessible name, so it is hidden from assistive technology.
 */

const hoverDelay = 600;
/** For this long after a tooltip, the next one shows without delay. Milliseconds. */
const warmUpMs = 300;
const gap = 6;
const edge = 8;

let isWatching = false;
let box: HTMLElement | null = null;
let shownFor: Element | null = null;
let waitingFor: Element | null = null;
let timer = 0;
let hiddenAt = -Infinity;

/** Starts listening, once. */
export function attachTooltipLayer(): void {
  if (isWatching) return;
  isWatching = true;
  document.addEventListener('pointerover', onPointerOver);
  document.addEventListener('pointerdown', hide, true);
  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('focusout', hide);
  document.addEventListener('scroll', hide, true);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide(), true);
}

function tooltipAnchor(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('[data-hint]') : null;
}

function onPointerOver(event: PointerEvent): void {
  if (event.pointerType === 'touch' || (event.target instanceof Node && box?.contains(event.target))) return;
  const anchor = tooltipAnchor(event.target);
  if (anchor === shownFor && anchor !== null) return;
  if (anchor === null) return shownFor?.contains(document.activeElement) ? undefined : hide();
  if (anchor === waitingFor) return;
  const isWarm = shownFor !== null || event.timeStamp - hiddenAt < warmUpMs;
  hide();
  waitingFor = anchor;
  timer = window.setTimeout(() => show(anchor), isWarm ? 0 : hoverDelay);
}

function onFocusIn(event: FocusEvent): void {
  const anchor = tooltipAnchor(event.target);
  if (anchor && event.target instanceof Element && event.target.matches(':focus-visible')) show(anchor);
}

function hide(): void {
  window.clearTimeout(timer);
  waitingFor = null;
  if (shownFor === null) return;
  shownFor = null;
  hiddenAt = performance.now();
  if (box?.isConnected) box.hidePopover();
  box?.remove();
}

function show(anchor: Element): void {
  hide();
  const control = anchor.firstElementChild;
  const { hint: text, hintKeys, hintPlacement } = anchor instanceof HTMLElement ? anchor.dataset : {};
  if (!control?.isConnected || text === undefined) return;
  box ??= makeBox();
  box.replaceChildren(text, ...(hintKeys === undefined ? [] : [drawKeys(hintKeys)]));
  document.body.append(box);
  // The browser's top layer is above all dialogs and menus.
  box.showPopover();
  place(box, control.getBoundingClientRect(), hintPlacement === 'top');
  shownFor = anchor;
}

function place(element: HTMLElement, at: DOMRect, wantsTop: boolean): void {
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = at.bottom + gap;
  const above = at.top - gap - height;
  const fitsBelow = below + height <= window.innerHeight - edge;
  const top = (wantsTop && above >= edge) || !fitsBelow ? above : below;
  const middle = at.left + at.width / 2 - width / 2;
  element.style.top = `${Math.round(top)}px`;
  element.style.left = `${Math.round(Math.min(Math.max(middle, edge), window.innerWidth - edge - width))}px`;
}

function makeBox(): HTMLElement {
  const element = document.createElement('div');
  element.className = styles['tooltip'] ?? '';
  element.popover = 'manual';
  element.ariaHidden = 'true';
  return element;
}

function drawKeys(keys: string): HTMLElement {
  const caps = keyLabels(keys, isMac()).map((name) => {
    const cap = document.createElement('kbd');
    cap.className = kbd['keyCap'] ?? '';
    cap.textContent = name;
    return cap;
  });
  const row = document.createElement('span');
  row.className = `${kbd['keys']} ${kbd['inverted']}`;
  row.append(...caps);
  return row;
}
