import { createEmitter } from '../../domain/async/observable.ts';

export type ToastAction = { label: string; keys?: string | undefined; onAction: () => void };

/** A message about a result. `action` undoes it or tries again, `more` goes to it. */
export type Toast = {
  text: string;
  action?: ToastAction | undefined;
  more?: ToastAction | undefined;
  /** Errors stay until they are closed; other toasts disappear after eight seconds. */
  kind?: 'info' | 'error' | undefined;
};

export type ShownToast = Toast & { id: number };

/** How long a toast is shown, in milliseconds, without the time it is hovered, focused or in a hidden tab. */
export const toastDurationMs = 8000;

type Timers = { now: () => number; start: (run: () => void, ms: number) => number; stop: (id: number) => void };

export type ToastQueue = {
  show: (toast: Toast) => number;
  close: (id: number) => void;
  /** The visible toast: the newest. An error reappears when newer toasts have closed. */
  current: () => ShownToast | null;
  /** Stops the timer; each `hold` needs a `release`. */
  hold: () => void;
  release: () => void;
  subscribe: (listener: () => void) => () => void;
};

/** Shows one toast at a time, the newest. Timers are passed in, in milliseconds of any monotonic clock. */
export function createToastQueue(timers: Timers): ToastQueue {
  let stack: readonly ShownToast[] = [];
  let lastId = 0;
  let holds = 0;
  let timer: { id: number; endsAt: number } | null = null;
  let remainingMs = toastDurationMs;
  const changes = createEmitter();

  function top(): ShownToast | null {
    return stack.at(-1) ?? null;
  }

  function pause(): void {
    if (!timer) return;
    timers.stop(timer.id);
    remainingMs = Math.max(0, timer.endsAt - timers.now());
    timer = null;
  }

  function run(): void {
    const toast = top();
    // Without a listener the toast is not rendered yet, and its time has not begun.
    if (!toast || toast.kind === 'error' || holds > 0 || timer || !changes.hasListeners()) return;
    timer = { id: timers.start(() => close(toast.id), remainingMs), endsAt: timers.now() + remainingMs };
  }

  function change(next: readonly ShownToast[]): void {
    pause();
    stack = next;
    remainingMs = toastDurationMs;
    run();
    changes.emit();
  }

  function close(id: number): void {
    if (stack.some((toast) => toast.id === id)) change(stack.filter((toast) => toast.id !== id));
  }

  return {
    show(toast) {
      lastId += 1;
      change([...stack.filter((older) => older.kind === 'error'), { ...toast, id: lastId }]);
      return lastId;
    },
    close,
    current: top,
    hold() {
      holds += 1;
      pause();
    },
    release() {
      holds = Math.max(0, holds - 1);
      run();
    },
    subscribe(listener) {
      const unsubscribe = changes.subscribe(listener);
      run();
      return () => {
        unsubscribe();
        if (!changes.hasListeners()) pause();
      };
    },
  };
}
