/** What ends a press; a touch reports its pointer as released before it moves the focus, then the mouse events. */
const endings = ['pointerup', 'mouseup', 'pointercancel', 'dragend', 'keydown', 'blur', 'pagehide'] as const;

/**
 * Runs what changes the layout: at once, or, while something is pressed, when it is released. Otherwise, a field that
 * loses the focus to a press would move what is pressed away from under the pointer, and the click would be lost.
 */
export function runAfterPress(run: () => void): void {
  if (document.querySelector(':active') === null) return run();
  const stop = new AbortController();
  const onEnd = () => {
    stop.abort();
    run();
  };
  // Captured, so that it runs before a handler of the click can close the field's surroundings.
  for (const name of endings) window.addEventListener(name, onEnd, { capture: name !== 'blur', signal: stop.signal });
}
