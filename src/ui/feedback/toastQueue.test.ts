import { beforeEach, describe, expect, test } from 'vitest';
import { createToastQueue, toastDurationMs } from './toastQueue.ts';
import type { ToastQueue } from './toastQueue.ts';

/** Timers that the test advances. */
function manualTimers() {
  let at = 0;
  let lastId = 0;
  const waiting = new Map<number, { run: () => void; at: number }>();
  return {
    now: () => at,
    start(run: () => void, ms: number) {
      lastId += 1;
      waiting.set(lastId, { run, at: at + ms });
      return lastId;
    },
    stop: (id: number) => void waiting.delete(id),
    pass(ms: number) {
      at += ms;
      for (const [id, timer] of waiting) {
        if (timer.at > at) continue;
        waiting.delete(id);
        timer.run();
      }
    },
  };
}

describe('toasts', () => {
  let timers: ReturnType<typeof manualTimers>;
  let queue: ToastQueue;
  const shown = () => queue.current()?.text ?? null;

  beforeEach(() => {
    timers = manualTimers();
    queue = createToastQueue(timers);
    queue.subscribe(() => {});
  });

  test('the time of a toast begins when it is rendered', () => {
    const early = createToastQueue(timers);
    early.show({ text: 'Moved' });
    timers.pass(toastDurationMs);
    expect(early.current()?.text).toBe('Moved');
    early.subscribe(() => {});
    timers.pass(toastDurationMs - 1);
    expect(early.current()?.text).toBe('Moved');
    timers.pass(1);
    expect(early.current()).toBeNull();
  });

  test('a toast is shown for eight seconds', () => {
    queue.show({ text: 'Moved' });
    timers.pass(toastDurationMs - 1);
    expect(shown()).toBe('Moved');
    timers.pass(1);
    expect(shown()).toBeNull();
  });

  test('the newest toast replaces the others, and has its own eight seconds', () => {
    queue.show({ text: 'first' });
    timers.pass(5000);
    queue.show({ text: 'second' });
    expect(shown()).toBe('second');
    timers.pass(5000);
    expect(shown()).toBe('second');
    timers.pass(3000);
    expect(shown()).toBeNull();
  });

  test('the timer stops while the toast is held', () => {
    queue.show({ text: 'Moved' });
    timers.pass(6000);
    queue.hold();
    queue.hold();
    timers.pass(60_000);
    queue.release();
    timers.pass(60_000);
    expect(shown()).toBe('Moved');
    queue.release();
    timers.pass(1999);
    expect(shown()).toBe('Moved');
    timers.pass(1);
    expect(shown()).toBeNull();
  });

  test('an error stays until it is closed, and reappears after a newer toast has closed', () => {
    const error = queue.show({ text: 'Not moved', kind: 'error' });
    timers.pass(60_000);
    queue.show({ text: 'Completed' });
    expect(shown()).toBe('Completed');
    timers.pass(toastDurationMs);
    expect(shown()).toBe('Not moved');
    queue.close(error);
    expect(shown()).toBeNull();
  });

  test('listeners are called for every change, and only for changes', () => {
    let calls = 0;
    const stop = queue.subscribe(() => (calls += 1));
    const id = queue.show({ text: 'Moved' });
    queue.close(id);
    queue.close(id);
    stop();
    queue.show({ text: 'later' });
    expect(calls).toBe(2);
  });
});
