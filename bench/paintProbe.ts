/**
 * Runs inside the page. `paint` resolves after the next paint: a frame callback runs before it, a message after it.
 * Everything is observed in the DOM; the app does not know that it is measured.
 */
export function installPaintProbe(): void {
  const afterPaint = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.addEventListener('message', () => resolve(performance.now()), { once: true });
        channel.port1.start();
        channel.port2.postMessage(null);
      });
    });
  const longTasks: number[] = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longTasks.push(entry.duration);
  }).observe({ type: 'longtask', buffered: true });
  const written = { calls: 0, bytes: 0 };
  const { put, delete: remove } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value: unknown, ...key) {
    written.calls += 1;
    written.bytes += JSON.stringify(value)?.length ?? 0;
    return put.call(this, value, ...key);
  };
  IDBObjectStore.prototype.delete = function (query) {
    written.calls += 1;
    return remove.call(this, query);
  };
  const scrollerOfList = () => {
    let box = document.querySelector('[role="grid"]');
    while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
    if (!box) throw new Error('nothing scrolls');
    return box;
  };
  const probe: PaintProbe = {
    longTasks,
    written,
    measured: Promise.resolve(0),
    afterPaint,
    /** Milliseconds from the next `event` to the paint that shows `isShown`. Call before the event is sent. */
    async fromEvent(event: string, isShown: () => boolean): Promise<number> {
      const from = await new Promise<number>((resolve) => {
        addEventListener(event, () => resolve(performance.now()), { capture: true, once: true });
      });
      for (;;) {
        const at = await afterPaint();
        if (isShown()) return at - from;
        if (at - from > 10_000) throw new Error('what was waited for did not show within 10 s');
      }
    },
    /** Frame times while the list is scrolled for `ms`. */
    async scroll(ms: number): Promise<number[]> {
      const box = scrollerOfList();
      const times: number[] = [];
      let last = performance.now();
      const end = last + ms;
      box.scrollTop = 0;
      while (last < end) {
        box.scrollTop += 60;
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        times.push(now - last);
        last = now;
      }
      return times.slice(1);
    },
    /** Frame times while the list goes from its start to its end in so many equal steps, and back. */
    async fling(steps: number): Promise<number[]> {
      const box = scrollerOfList();
      const length = box.scrollHeight - box.clientHeight;
      const times: number[] = [];
      box.scrollTop = 0;
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      for (let at = 1; at <= 2 * steps; at += 1) {
        box.scrollTop = length * (1 - Math.abs(1 - at / steps));
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        times.push(now - last);
        last = now;
      }
      return times;
    },
  };
  Object.assign(globalThis, { probe });
}

export type PaintProbe = {
  /** Durations in ms of tasks that blocked the main thread for more than 50 ms. */
  longTasks: number[];
  /** The writes to IndexedDB, with sizes as JSON. */
  written: { calls: number; bytes: number };
  /** The current measurement. */
  measured: Promise<number>;
  afterPaint(): Promise<number>;
  fromEvent(event: string, isShown: () => boolean): Promise<number>;
  scroll(ms: number): Promise<number[]>;
  fling(steps: number): Promise<number[]>;
};

declare global {
  var probe: PaintProbe;
}
