import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createKnownAccounts } from './knownAccounts.ts';

type MemoryOptions = { isFull?: boolean; held?: Map<string, string>; onNews?: (name: string) => void };
function memory({ isFull = false, held = new Map(), onNews }: MemoryOptions = {}): Storage {
  return {
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => {
      if (isFull) throw new DOMException('No room', 'QuotaExceededError');
      // As in browsers, other tabs receive an event only when the value differs.
      if (held.get(name) !== value) onNews?.(name);
      held.set(name, value);
    },
    removeItem: (name) => void held.delete(name),
    clear: () => held.clear(),
    key: (at) => [...held.keys()][at] ?? null,
    get length() {
      return held.size;
    },
  };
}
const noListener = () => () => {};
const ada = { key: 'a', address: 'ada@example.com', name: 'Ada' };
const bob = { key: 'b', address: 'bob@example.com', name: 'Bob' };

it('lists the accounts of the device; each tab keeps its own, new tabs use the last', () => {
  const local = memory();
  const one = createKnownAccounts({ local, session: memory(), onStorage: noListener });
  expect([one.accounts(), one.current()]).toEqual([[], undefined]);
  one.remember(ada);
  const two = createKnownAccounts({ local, session: memory(), onStorage: noListener });
  expect(two.current()).toBe('a');
  two.remember(bob);
  expect([one.current(), two.current()]).toEqual(['a', 'b']);
  expect(createKnownAccounts({ local, session: memory(), onStorage: noListener }).current()).toBe('b');
  one.remember({ ...ada, name: 'Ada L.' });
  expect(one.accounts()).toEqual([{ ...ada, name: 'Ada L.' }, bob]);
  two.forget('b');
  expect([two.accounts().map(({ key }) => key), two.current()]).toEqual([['a'], 'a']);
});

it('reports a return from sign-in once', () => {
  const device = createKnownAccounts({ local: memory(), session: memory(), onStorage: noListener });
  expect(device.consumeReturning()).toBe(false);
  device.setReturning();
  expect([device.consumeReturning(), device.consumeReturning()]).toEqual([true, false]);
});

it('keeps the last good configuration, and ignores a damaged one', () => {
  const local = memory();
  const device = createKnownAccounts({ local, session: memory(), onStorage: noListener });
  expect(device.config.read()).toBeUndefined();
  device.config.save({ dialect: 'outlookRest' });
  expect(device.config.read()).toEqual({ dialect: 'outlookRest' });
  local.setItem('threefold.config', '{');
  local.setItem('threefold.accounts', '[{"key":1}]');
  expect([device.config.read(), device.accounts()]).toEqual([undefined, []]);
});

it('erases everything stored for one account, and nothing else', async () => {
  const own = ['text.a.draft:subject:1', 'last-place:a', 'reminders.a'].map((name) => `threefold.${name}`);
  own.push('threefold:closed-groups:a');
  const others = ['threefold.panes', 'theirs.a', 'threefold.text.b.zone'];
  const held = new Map([...own, ...others].map((name) => [name, 'x']));
  const device = createKnownAccounts({ local: memory({ held }), session: memory(), onStorage: noListener });
  device.remember(ada);
  await device.erase('a');
  expect([...held.keys()]).toEqual([...others, 'threefold.accounts', 'threefold.current']);
});

it('works for one page when the browser stores nothing', () => {
  const device = createKnownAccounts({
    local: memory({ isFull: true }),
    session: memory({ isFull: true }),
    onStorage: noListener,
  });
  device.remember(ada);
  expect([device.accounts(), device.current()]).toEqual([[ada], 'a']);
});

it('notifies other tabs each time a session is resumed', async () => {
  const held = new Map<string, string>();
  const listeners: ((key: string | null) => void)[] = [];
  const onStorage = (listener: (key: string | null) => void) => {
    listeners.push(listener);
    return () => {};
  };
  const notifying = memory({
    held,
    onNews: (name) => queueMicrotask(() => listeners.forEach((listener) => listener(name))),
  });
  const notifiedKeys: string[] = [];
  createKnownAccounts({ local: memory({ held }), session: memory(), onStorage }).onRenewed((key) =>
    notifiedKeys.push(key),
  );
  const other = createKnownAccounts({ local: notifying, session: memory(), onStorage: noListener });
  other.notifyRenewed('a');
  other.remember(bob);
  other.notifyRenewed('a');
  await Promise.resolve();
  expect(notifiedKeys).toEqual(['a', 'a']);
});
