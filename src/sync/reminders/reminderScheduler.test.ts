import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { RowChange } from '../../domain/listing/listing.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import { addMs, toDay } from '../../domain/time/time.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { SystemNotification } from '../platform/notifier.ts';
import { lockPort } from '../platform/ports.ts';
import { createReminderLog } from '../storage/reminderLog.ts';
import { createReminderScheduler } from './reminderScheduler.ts';

const start: Instant = '2026-03-18T08:00:00.000Z';
const minute = 60_000;

/** A device: one clock, one lock and one memory for all its tabs. */
function device({ isAllowed = true } = {}) {
  let now = start;
  let pendingSleeps: { until: Instant; wake: () => void }[] = [];
  const withLock = lockPort(undefined);
  /** What each tab has written; a tab that is open does not see what others write meanwhile, as between processes. */
  const written = new Map<string, string>();
  const channels = new Set<(message: unknown) => void>();
  const shownNotifications: SystemNotification[] = [];
  const closed: string[] = [];
  const settle = async () => {
    for (let turn = 0; turn < 40; turn++) await Promise.resolve();
  };
  return {
    shownNotifications,
    closed,
    /** Opens the app on these tasks. */
    async tab(tasks: readonly Task[]) {
      const listeners = new Set<(moves: readonly RowChange[]) => void>();
      const kept = new Map(written);
      const storage = {
        getItem: (name: string) => kept.get(name) ?? null,
        setItem(name: string, text: string) {
          kept.set(name, text);
          written.set(name, text);
        },
      };
      const reminders = createReminderScheduler({
        account: 'ada',
        clock: { now: () => now, today: () => toDay(now.slice(0, 10)) },
        followRows(listener) {
          listener(tasks.map((after) => ({ before: undefined, after })));
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        ports: {
          withLock,
          channel() {
            let own: ((message: unknown) => void) | undefined;
            return {
              post: (message) => channels.forEach((deliverTo) => deliverTo !== own && deliverTo(message)),
              onMessage(listener) {
                own = listener;
                channels.add(listener);
                return () => channels.delete(listener);
              },
              close: () => {},
            };
          },
          sleep: (ms, signal) =>
            new Promise((resolve) => {
              if (signal?.aborted) return resolve();
              pendingSleeps.push({ until: addMs(now, ms), wake: resolve });
              signal?.addEventListener('abort', () => resolve());
            }),
        },
        notifier: {
          show: async (notice) => {
            if (isAllowed) shownNotifications.push(notice);
            return isAllowed;
          },
          close: async (tag) => void closed.push(tag),
        },
        log: createReminderLog(storage, 'ada'),
        notificationOf: (task) => ({ title: task.subject, body: '', tag: '', data: null, actions: [] }),
      });
      const stop = reminders.start();
      stops.push(stop);
      await settle();
      return {
        shown: () => reminders.current().map(({ subject }) => subject),
        async move(before: Task | undefined, after: Task | undefined) {
          for (const listener of listeners) listener([{ before, after }]);
          await settle();
        },
        stop,
      };
    },
    async pass(ms: number) {
      const until = addMs(now, ms);
      for (;;) {
        const next = pendingSleeps.map((pendingSleep) => pendingSleep.until).toSorted()[0];
        now = next === undefined || next > until ? until : next;
        const due = pendingSleeps.filter((pendingSleep) => pendingSleep.until <= now);
        pendingSleeps = pendingSleeps.filter((pendingSleep) => pendingSleep.until > now);
        for (const { wake } of due) wake();
        await settle();
        if (now >= until && due.length === 0) return;
      }
    },
  };
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const task = (subject: string, inMs: number, more: Partial<Task> = {}): Task => ({
  ...blankTask({ id: subject, folderId: 'f', owner: null, now: start }),
  subject,
  reminder: addMs(start, inMs),
  isReminderOn: true,
  ...more,
});

describe('reminders', () => {
  it('are shown once when due, for any number of tabs', async () => {
    const firstDevice = device();
    const tasks = [
      task('Call', 10 * minute),
      task('Later', 300 * minute),
      task('Off', minute, { isReminderOn: false }),
    ];
    const [one, two] = [await firstDevice.tab(tasks), await firstDevice.tab(tasks)];
    await firstDevice.pass(10 * minute - 1);
    expect(firstDevice.shownNotifications).toEqual([]);
    await firstDevice.pass(1);
    await firstDevice.pass(60 * minute);
    expect(firstDevice.shownNotifications.map(({ title }) => title)).toEqual(['Call']);
    expect([...one.shown(), ...two.shown()]).toEqual([]);
    // Nor by a tab that is opened afterwards, nor by the one that speaks when the first is closed.
    const three = await firstDevice.tab(tasks);
    one.stop();
    await firstDevice.pass(minute);
    expect([...two.shown(), ...three.shown()]).toEqual([]);
    expect(firstDevice.shownNotifications).toHaveLength(1);
    await firstDevice.pass(300 * minute);
    expect(firstDevice.shownNotifications.map(({ title }) => title)).toEqual(['Call', 'Later']);
  });

  it('are shown in every tab until handled where system notifications are off', async () => {
    const firstDevice = device({ isAllowed: false });
    const call = task('Call', minute);
    const tabs = [await firstDevice.tab([call]), await firstDevice.tab([call])];
    await firstDevice.pass(minute);
    expect(tabs.map((tab) => tab.shown())).toEqual([['Call'], ['Call']]);
    for (const tab of tabs) await tab.move(call, { ...call, status: 'completed' });
    expect(tabs.map((tab) => tab.shown())).toEqual([[], []]);
  });

  it('that were missed are shown when the app opens, except old ones', async () => {
    const firstDevice = device();
    const tab = await firstDevice.tab([task('Missed', -60 * minute), task('Ancient', -40 * 1440 * minute)]);
    expect(tab.shown()).toEqual(['Missed']);
    expect(firstDevice.shownNotifications).toEqual([]);
    tab.stop();
    expect((await firstDevice.tab([task('Missed', -60 * minute)])).shown()).toEqual(['Missed']);
  });

  it('come again after a snooze, and close their notification when handled', async () => {
    const firstDevice = device();
    const call = task('Call', minute);
    const tab = await firstDevice.tab([call]);
    await firstDevice.pass(minute);
    const later = { ...call, reminder: addMs(start, 11 * minute) };
    await tab.move(call, later);
    expect(firstDevice.closed).toEqual(['reminder Call']);
    await firstDevice.pass(10 * minute);
    expect(firstDevice.shownNotifications.map(({ tag }) => tag)).toEqual(['reminder Call', 'reminder Call']);
  });

  it('follow a task into another folder, in whichever order it leaves and arrives', async () => {
    const firstDevice = device();
    const call = task('Call', minute);
    const moved = { ...call, folderId: 'g' };
    const tab = await firstDevice.tab([call]);
    await tab.move(undefined, moved);
    await tab.move(call, undefined);
    await firstDevice.pass(minute);
    expect(firstDevice.shownNotifications).toHaveLength(1);
  });

  it('set one timer, however many there are', async () => {
    const firstDevice = device();
    const many = Array.from({ length: 50_000 }, (_, n) => task(`t${n}`, (n + 2) * 1440 * minute));
    const tab = await firstDevice.tab([...many, task('First', minute)]);
    await firstDevice.pass(2 * minute);
    expect(firstDevice.shownNotifications.map(({ title }) => title)).toEqual(['First']);
    expect(tab.shown()).toEqual([]);
  });

  it('are shown in the order of their times', async () => {
    const times = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 30 })), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(times, async (edits) => {
        const firstDevice = device();
        const tab = await firstDevice.tab([]);
        const held = new Map<string, Task>();
        for (const [n, at] of edits) {
          const before = held.get(`t${n}`);
          const after = task(`t${n}`, at * minute, at % 7 === 0 ? { isReminderOn: false } : {});
          held.set(after.id, after);
          await tab.move(before, after);
        }
        await firstDevice.pass(31 * minute);
        const on = [...held.values()].filter(({ isReminderOn }) => isReminderOn);
        const times = new Map(on.map(({ id, reminder }) => [id, reminder ?? '']));
        expect(firstDevice.shownNotifications.map(({ title }) => title).toSorted()).toEqual(
          [...times.keys()].toSorted(),
        );
        const order = firstDevice.shownNotifications.map(({ title }) => times.get(title) ?? '');
        expect(order).toEqual(order.toSorted());
      }),
      { numRuns: 50 },
    );
  });
});
