/*
 * Queues keys pressed while a surface is loading and replays them to it in order. Otherwise the letters typed after the key
 * that opens a menu would be hotkeys of the list behind it.
 */

export type KeyWait = {
  /** True once the surface has the focus. Called in each frame; it may set the focus itself. */
  isThere: () => boolean;
  /** Called on Escape. Without it, Escape is queued like other keys. */
  onCancel?: () => void;
};

/** The wait is given up after this many frames. */
const maxFrames = 1000;

const waits = new Set<KeyWait>();
let frames = 0;
/** Codes of keys whose press was queued: their release is swallowed. */
const down = new Set<string>();
let held: KeyboardEvent[] = [];
let isHolding = false;

/** Queues keys until `isThere`. Returns a function that ends the wait early and drops the queue. */
export function holdKeys(wait: KeyWait): () => void {
  waits.add(wait);
  if (!isHolding) begin();
  return () => {
    if (waits.delete(wait) && waits.size === 0) end();
  };
}

const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const fields = 'input, textarea, [contenteditable="true"]';

/** An `isThere` for a surface that opens now: the focus is in another overlay, or in another field of the page. */
export function focusArrival(): () => boolean {
  const start = document.activeElement;
  const from = start?.closest(overlays);
  return () => {
    const now = document.activeElement;
    const overlay = now?.closest(overlays);
    return overlay ? overlay !== from : now !== start && now?.matches(fields) === true;
  };
}

function begin(): void {
  isHolding = true;
  frames = 0;
  window.addEventListener('keydown', hold, { capture: true });
  window.addEventListener('keyup', swallowRelease, { capture: true });
  window.addEventListener('pointerdown', end, { capture: true });
  requestAnimationFrame(checkArrival);
}

/** Also called on a pointer press: the person has moved on, and the queued keys are void. */
function end(): void {
  waits.clear();
  held = [];
  isHolding = false;
  window.removeEventListener('keydown', hold, { capture: true });
  window.removeEventListener('pointerdown', end, { capture: true });
}

function checkArrival(): void {
  if (!isHolding) return;
  for (const wait of waits) if (wait.isThere()) waits.delete(wait);
  frames += 1;
  if (waits.size === 0) replayNext();
  else if (frames > maxFrames) end();
  else requestAnimationFrame(checkArrival);
}

/** Replays one key at a time: its effect is rendered first, and may start another wait. */
function replayNext(): void {
  if (!isHolding) return;
  if (waits.size > 0) return checkArrival();
  const event = held.shift();
  if (event === undefined) return end();
  replay(event);
  setTimeout(replayNext);
}

function hold(event: KeyboardEvent): void {
  if (!event.isTrusted || event.isComposing || !isForApp(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  down.add(event.code);
  // Auto-repeat belongs to the key press that started the wait.
  if (event.repeat) return;
  const cancels = [...waits].flatMap(({ onCancel }) => onCancel ?? []);
  if (event.key !== 'Escape' || cancels.length === 0) return void held.push(event);
  end();
  for (const cancel of cancels) cancel();
}

function swallowRelease(event: KeyboardEvent): void {
  if (event.isTrusted && down.delete(event.code)) event.stopImmediatePropagation();
  if (!isHolding && down.size === 0) window.removeEventListener('keyup', swallowRelease, { capture: true });
}

/** False for the browser's own shortcuts. */
function isForApp(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (key.length > 1 && /^(F\d+|Control|Shift|Alt|Meta|AltGraph|CapsLock|Dead|Process|Unidentified)$/.test(key))
    return false;
  if (event.getModifierState('AltGraph')) return key.length === 1;
  return ctrlKey || metaKey ? /^([az]|Enter)$/i.test(key) : !altKey;
}

function replay({ key, code, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
  const init = { key, code, shiftKey, ctrlKey, metaKey, altKey, bubbles: true, cancelable: true, composed: true };
  const target = document.activeElement ?? document.body;
  if (target.dispatchEvent(new KeyboardEvent('keydown', init)) && !ctrlKey && !metaKey) doDefault(target, key);
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keyup', init));
}

const deletions: Readonly<Record<string, string>> = { Backspace: 'delete', Delete: 'forwardDelete' };

/** The browser's default action, which synthetic events do not have. */
function doDefault(target: Element, key: string): void {
  if (target.matches('button, summary, a[href], input:is([type="checkbox"], [type="radio"])')) {
    if ((key === 'Enter' || key === ' ') && target instanceof HTMLElement) target.click();
  } else if (target.matches(fields)) {
    // Deprecated, and the only way to type that goes through the field's own history and its `input` events.
    if (key.length === 1) document.execCommand('insertText', false, key);
    else if (deletions[key] !== undefined) document.execCommand(deletions[key]);
    else if (key === 'Enter' && target instanceof HTMLInputElement) target.form?.requestSubmit();
    else if (key === 'Enter') document.execCommand('insertLineBreak');
  }
}
