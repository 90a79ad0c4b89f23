import { isMac, keyLabels } from '../keyboard/keyLabels.ts';
import kbd from '../keyboard/shortcut.module.css';
import styles from './tooltip.module.css';

/*
 * One tooltip for the whole page, drawn for whatever is hovered or focused inside a `data-hint`. A component per button would
 * cost every row and the first screen; this costs one set of listeners. The tooltip repeats a name, so it is not read out.
 */

const hoverDelay = 600;
/** Moving on to the next control within this time shows its tooltip without a pause. */
const warmth = 300;
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

function hintOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('[data-hint]') : null;
}

function onPointerOver(event: PointerEvent): void {
  if (event.pointerType === 'touch' || (event.target instanceof Node && box?.contains(event.target))) return;
  const hint = hintOf(event.target);
  if (hint === shownFor && hint !== null) return;
  if (hint === null) return shownFor?.contains(document.activeElement) ? undefined : hide();
  if (hint === waitingFor) return;
  const isWarm = shownFor !== null || event.timeStamp - hiddenAt < warmth;
  hide();
  waitingFor = hint;
  timer = window.setTimeout(() => show(hint), isWarm ? 0 : hoverDelay);
}

function onFocusIn(event: FocusEvent): void {
  const hint = hintOf(event.target);
  if (hint && event.target instanceof Element && event.target.matches(':focus-visible')) show(hint);
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

function show(hint: Element): void {
  hide();
  const control = hint.firstElementChild;
  const { hint: text, hintKeys, hintPlacement } = hint instanceof HTMLElement ? hint.dataset : {};
  if (!control?.isConnected || text === undefined) return;
  box ??= makeBox();
  box.replaceChildren(text, ...(hintKeys === undefined ? [] : [drawKeys(hintKeys)]));
  document.body.append(box);
  // The browser's top layer: above dialogs and menus whatever their height order.
  box.showPopover();
  place(box, control.getBoundingClientRect(), hintPlacement === 'top');
  shownFor = hint;
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
    cap.className = kbd['cap'] ?? '';
    cap.textContent = name;
    return cap;
  });
  const row = document.createElement('span');
  row.className = `${kbd['keys']} ${kbd['inverted']}`;
  row.append(...caps);
  return row;
}
