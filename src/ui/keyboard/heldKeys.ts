/*
 * Keys pressed while what they are meant for is on its way: they wait, and reach it in order, once. Without this, letters typed
 * after the key that opens a menu are shortcuts of the list behind it.
 */

export type KeyWait = {
  /** True once what was asked for has the focus. Asked in each frame; it may take the focus itself. */
  isThere: () => boolean;
  /** Escape takes the wish back. Without this it waits as other keys do. */
  onCancel?: () => void;
};

/** In frames: what has not come by then does not come, and the keys are the page's again. */
const longest = 1000;

const waits = new Set<KeyWait>();
let frames = 0;
/** Keys whose press was held: their release is nobody's either. */
const down = new Set<string>();
let held: KeyboardEvent[] = [];
let isHolding = false;

/** Keys wait until `isThere`. Returns what ends the wait before that: what was typed meanwhile is then dropped. */
export function holdKeys(wait: KeyWait): () => void {
  waits.add(wait);
  if (!isHolding) begin();
  return () => {
    if (waits.delete(wait) && waits.size === 0) end();
  };
}

const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const fields = 'input, textarea, [contenteditable="true"]';

/** An `isThere` for what opens now: another menu or dialog than now, or another field in the page, has the focus. */
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
  requestAnimationFrame(look);
}

/** Also when the pointer is pressed: whoever does that has gone on, and the keys are meant for nothing any more. */
function end(): void {
  waits.clear();
  held = [];
  isHolding = false;
  window.removeEventListener('keydown', hold, { capture: true });
  window.removeEventListener('pointerdown', end, { capture: true });
}

function look(): void {
  if (!isHolding) return;
  for (const wait of waits) if (wait.isThere()) waits.delete(wait);
  frames += 1;
  if (waits.size === 0) giveNext();
  else if (frames > longest) end();
  else requestAnimationFrame(look);
}

/** One key at a time: what it does is drawn before the next one, and may begin a wait of its own. */
function giveNext(): void {
  if (!isHolding) return;
  if (waits.size > 0) return look();
  const event = held.shift();
  if (event === undefined) return end();
  give(event);
  setTimeout(giveNext);
}

function hold(event: KeyboardEvent): void {
  if (!event.isTrusted || event.isComposing || !isForApp(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  down.add(event.code);
  // A key that is held down meant what it has begun.
  if (event.repeat) return;
  const wishes = [...waits].flatMap(({ onCancel }) => onCancel ?? []);
  if (event.key !== 'Escape' || wishes.length === 0) return void held.push(event);
  end();
  for (const cancel of wishes) cancel();
}

function swallowRelease(event: KeyboardEvent): void {
  if (event.isTrusted && down.delete(event.code)) event.stopImmediatePropagation();
  if (!isHolding && down.size === 0) window.removeEventListener('keyup', swallowRelease, { capture: true });
}

/** The browser's own keys stay the browser's. */
function isForApp(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (key.length > 1 && /^(F\d+|Control|Shift|Alt|Meta|AltGraph|CapsLock|Dead|Process|Unidentified)$/.test(key))
    return false;
  if (event.getModifierState('AltGraph')) return key.length === 1;
  return ctrlKey || metaKey ? /^([az]|Enter)$/i.test(key) : !altKey;
}

function give({ key, code, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
  const init = { key, code, shiftKey, ctrlKey, metaKey, altKey, bubbles: true, cancelable: true, composed: true };
  const target = document.activeElement ?? document.body;
  if (target.dispatchEvent(new KeyboardEvent('keydown', init)) && !ctrlKey && !metaKey) doDefault(target, key);
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keyup', init));
}

const deletions: Readonly<Record<string, string>> = { Backspace: 'delete', Delete: 'forwardDelete' };

/** What a browser does with a key that nothing has answered; not for keys that a script has made. */
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
