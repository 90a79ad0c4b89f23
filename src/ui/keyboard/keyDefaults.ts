import { caretAfter } from './caretMoves.ts';

/** Elements that accept text. */
export const textFields = 'input, textarea, [contenteditable="true"]';

const commands: Readonly<Record<string, string>> = {
  Backspace: 'delete',
  Delete: 'forwardDelete',
  'Mod+A': 'selectAll',
  'Mod+Z': 'undo',
  'Mod+Shift+Z': 'redo',
};

/**
 * Performs the default action of a key press that no listener handled: synthetic events have none. `key` is the event's
 * key, `combo` its name with modifiers, as in `keyComboOf`.
 */
export function doKeyDefault(target: Element, key: string, combo: string): void {
  const isShifted = combo.startsWith('Shift+');
  if (key === 'Tab') return focusNext(target, isShifted);
  if (combo.startsWith('Mod+')) return runCommand(commands[combo]);
  if (target instanceof HTMLInputElement && target.type === 'radio' && key.startsWith('Arrow')) {
    return chooseNext(target, key === 'ArrowUp' || key === 'ArrowLeft');
  }
  if (target.matches('button, summary, a[href], input:is([type="checkbox"], [type="radio"])')) {
    if ((key === 'Enter' || key === ' ') && target instanceof HTMLElement) return target.click();
  } else if (target.matches(textFields)) {
    return edit(target, key, isShifted);
  }
  scroll(target, key === ' ' ? (isShifted ? 'PageUp' : 'PageDown') : key);
}

/** Deprecated, but the only way to edit that uses the field's undo history and its `input` events. */
function runCommand(name: string | undefined, text?: string): void {
  if (name !== undefined) document.execCommand(name, false, text);
}

function edit(field: Element, key: string, isShifted: boolean): void {
  const command = commands[key];
  if (key.length === 1) runCommand('insertText', key);
  else if (command !== undefined) runCommand(command);
  else if (key === 'Enter' && field instanceof HTMLInputElement) field.form?.requestSubmit();
  else if (key === 'Enter') runCommand('insertLineBreak');
  else if (moves[key] === undefined) return;
  else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) moveCaret(field, key, isShifted);
  else moveSelection(key, isShifted);
}

function moveCaret(field: HTMLInputElement | HTMLTextAreaElement, key: string, isExtended: boolean): void {
  const { value, selectionStart, selectionEnd, selectionDirection } = field;
  // Null in fields without a caret, such as those for numbers.
  if (selectionStart === null || selectionEnd === null) return;
  const isBackward = selectionDirection === 'backward';
  const [anchor, from] = isBackward ? [selectionEnd, selectionStart] : [selectionStart, selectionEnd];
  const logical = getComputedStyle(field).direction === 'rtl' ? (mirrored[key] ?? key) : key;
  const isSideways = logical === 'ArrowLeft' || logical === 'ArrowRight';
  if (isExtended) {
    const to = caretAfter(value, from, logical);
    field.setSelectionRange(Math.min(anchor, to), Math.max(anchor, to), to < anchor ? 'backward' : 'forward');
  } else if (isSideways && anchor !== from) {
    // A selection collapses to the side to which the arrow points.
    const to = logical === 'ArrowLeft' ? selectionStart : selectionEnd;
    field.setSelectionRange(to, to);
  } else {
    const to = caretAfter(value, from, logical);
    field.setSelectionRange(to, to);
  }
}

const mirrored: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };

/** Direction and unit of each key, in the terms of `Selection.modify`. */
const moves: Readonly<Record<string, readonly [string, string]>> = {
  ArrowLeft: ['left', 'character'],
  ArrowRight: ['right', 'character'],
  ArrowUp: ['backward', 'line'],
  ArrowDown: ['forward', 'line'],
  Home: ['backward', 'lineboundary'],
  End: ['forward', 'lineboundary'],
};

function moveSelection(key: string, isExtended: boolean): void {
  const move = moves[key];
  if (move !== undefined) document.getSelection()?.modify(isExtended ? 'extend' : 'move', ...move);
}

/** The radio buttons of one group. */
function groupOf({ name, form }: HTMLInputElement): readonly HTMLInputElement[] {
  const all = document.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${CSS.escape(name)}"]:enabled`);
  return [...all].filter((radio) => radio.form === form);
}

function chooseNext(radio: HTMLInputElement, isBackward: boolean): void {
  const group = groupOf(radio);
  const next = group.at((group.indexOf(radio) + (isBackward ? -1 : 1)) % group.length);
  next?.focus();
  next?.click();
}

/** False for a radio button of a group with another tab stop. */
function isTabStop(element: HTMLElement): boolean {
  if (!(element instanceof HTMLInputElement) || element.type !== 'radio' || element.checked) return true;
  return !groupOf(element).some(({ checked }) => checked);
}

const tabStops =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), summary, [contenteditable="true"], [tabindex]';

function focusNext(from: Element, isBackward: boolean): void {
  const side = isBackward ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const stops = [...document.querySelectorAll<HTMLElement>(tabStops)].filter(
    (element) =>
      element.tabIndex >= 0 &&
      isTabStop(element) &&
      (from.compareDocumentPosition(element) & side) !== 0 &&
      element.closest('[inert]') === null &&
      element.checkVisibility({ visibilityProperty: true }),
  );
  const next = isBackward ? stops.at(-1) : stops[0];
  next?.focus();
  if (next instanceof HTMLInputElement) next.select();
}

/** Pixels that an arrow key scrolls by. */
const lineStep = 40;

/** Scrolls the nearest scrollable element. */
function scroll(target: Element, key: string): void {
  let box: Element | null = target;
  while (box !== null && !canScroll(box)) box = box.parentElement;
  if (box === null) return;
  const page = box.clientHeight * 0.875;
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [0, -lineStep],
    ArrowDown: [0, lineStep],
    ArrowLeft: [-lineStep, 0],
    ArrowRight: [lineStep, 0],
    PageUp: [0, -page],
    PageDown: [0, page],
    Home: [0, -box.scrollHeight],
    End: [0, box.scrollHeight],
  };
  const step = steps[key];
  if (step !== undefined) box.scrollBy(...step);
}

function canScroll(box: Element): boolean {
  if (box === document.scrollingElement) return true;
  return box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY);
}
