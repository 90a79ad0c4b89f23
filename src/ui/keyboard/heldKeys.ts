import { keyComboOf } from './keyCombo.ts';
import { doKeyDefault, textFields } from './keyDefaults.ts';
import { isMac } from './keyLabels.ts';

/*
 * Queues keys pressed while a surface is loading and replays them to it in order. Otherwise, letters typed after the
 * key that opens a menu would be hotkeys of the list behind it.
 */

export type KeyWait = {
  /** True once the surface has the focus. Called in each frame; may set the focus itself. */
  isThere: () => boolean;
  /** Called on Escape. Without it, Escape is queued like other keys. */
  onCancel?: () => void;
};

/** The longest wait for a surface, in milliseconds. Then the queue is dropped, and keys work normally again. */
const maxWait = 15_000;

const waits = new Set<KeyWait>();
/** Ends the wait that is under way. */
let timeLimit: ReturnType<typeof setTimeout> | undefined;
/** Cancels the next step of the loop that polls for the surfaces and replays the queue. */
let cancelStep = () => {};
/** Codes of keys whose press was queued: their release is swallowed. */
const down = new Set<string>();
let queue: KeyboardEvent[] = [];
let isHolding = false;

/** Queues keys until `isThere`. Returns a function that ends the wait early and drops the queue. */
export function holdKeys(wait: KeyWait): () => void {
  waits.add(wait);
  if (!isHolding) begin();
  clearTimeout(timeLimit);
  timeLimit = setTimeout(end, maxWait);
  return () => {
    if (waits.delete(wait) && waits.size === 0) end();
  };
}

const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/**
 * An `isThere` for a surface that opens now: true when the focus is in another overlay, or another field of the page.
 */
export function focusArrival(): () => boolean {
  const start = document.activeElement;
  const from = start?.closest(overlays);
  return () => {
    const now = document.activeElement;
    const overlay = now?.closest(overlays);
    return overlay ? overlay !== from : now !== start && now?.matches(textFields) === true;
  };
}

function begin(): void {
  isHolding = true;
  window.addEventListener('keydown', hold, { capture: true });
  window.addEventListener('keyup', swallowRelease, { capture: true });
  window.addEventListener('pointerdown', end, { capture: true });
  checkInNextFrame();
}

/** Also called on a pointer press: the user has moved on, and the queued keys are dropped. */
function end(): void {
  waits.clear();
  queue = [];
  isHolding = false;
  clearTimeout(timeLimit);
  cancelStep();
  window.removeEventListener('keydown', hold, { capture: true });
  window.removeEventListener('pointerdown', end, { capture: true });
}

function checkInNextFrame(): void {
  cancelStep();
  const frame = requestAnimationFrame(checkArrival);
  cancelStep = () => cancelAnimationFrame(frame);
}

function checkArrival(): void {
  for (const wait of waits) if (wait.isThere()) waits.delete(wait);
  if (!isHolding) return;
  if (waits.size === 0) replayNext();
  else checkInNextFrame();
}

/** Replays one key at a time: its effect is rendered first, and may start another wait. */
function replayNext(): void {
  if (waits.size > 0) return checkArrival();
  const event = queue.shift();
  if (event === undefined) return end();
  const next = setTimeout(replayNext);
  cancelStep = () => clearTimeout(next);
  replay(event);
}

function hold(event: KeyboardEvent): void {
  if (!event.isTrusted || event.isComposing || !canReplay(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  // Auto-repeat of a key that was pressed before the wait belongs to the action that started the wait.
  if (event.repeat && !down.has(event.code)) return;
  down.add(event.code);
  const cancels = [...waits].flatMap(({ onCancel }) => onCancel ?? []);
  if (event.key !== 'Escape' || cancels.length === 0) return void queue.push(event);
  end();
  for (const cancel of cancels) cancel();
}

function swallowRelease(event: KeyboardEvent): void {
  if (event.isTrusted && down.delete(event.code)) event.stopImmediatePropagation();
  if (!isHolding && down.size === 0) window.removeEventListener('keyup', swallowRelease, { capture: true });
}

const namedKeys = /^(Shift\+)?(Enter|Escape|Tab|Backspace|Delete|Home|End|PageUp|PageDown|Arrow(Up|Down|Left|Right))$/;

/** Whether `replay` does all that the press would do. Other keys, such as the browser's own shortcuts, are not held. */
function canReplay(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  const isCharacter = key.length === 1;
  if (event.getModifierState('AltGraph')) return isCharacter;
  const combo = comboOf(event);
  if (combo === null || altKey) return false;
  if (ctrlKey || metaKey) return /^Mod\+(A|(Shift\+)?(Z|Enter))$/.test(combo);
  return isCharacter || namedKeys.test(combo);
}

function comboOf(event: KeyboardEvent): string | null {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event;
  const isAltGraph = event.getModifierState('AltGraph');
  return keyComboOf({ key, code, shiftKey, ctrlKey, metaKey, altKey, isAltGraph }, isMac());
}

function replay(event: KeyboardEvent): void {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey, repeat } = event;
  const modifierAltGraph = event.getModifierState('AltGraph');
  const modifiers = { shiftKey, ctrlKey, metaKey, altKey, modifierAltGraph };
  const init = { key, code, repeat, ...modifiers, bubbles: true, cancelable: true, composed: true };
  const target = document.activeElement ?? document.body;
  const isUnhandled = target.dispatchEvent(new KeyboardEvent('keydown', init));
  if (isUnhandled) doKeyDefault(target, key, comboOf(event) ?? key);
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keyup', init));
}
