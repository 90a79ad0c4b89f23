import { expect, it } from 'vitest';
import type { TaskFolder } from '../../domain/task/task.ts';
import type { Channel } from '../platform/ports.ts';
import { StorageError } from '../storage/database.ts';
import type { StoredList } from '../storage/database.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import { createPlaceLists } from './placeLists.ts';

const at = '2026-03-18T09:00:00.000Z';
const folder = (id: string, name: string): TaskFolder => ({
  id,
  changeKey: name,
  name,
  isDefault: false,
  groupKey: 'g',
});
const listOf = (items: readonly TaskFolder[], cursor: string | null = null): StoredList => ({ items, cursor, at });

/** Tabs of one browser: what one stores and posts, the other reads. */
function openBrowser() {
  const stored = new Map<string, StoredList>();
  const listeners = new Map<object, (message: unknown) => void>();
  let isFull = false;
  function openTab(initial: Parameters<typeof createPlaceLists>[0]['initial'] = {}) {
    const self = {};
    const errors: string[] = [];
    const channel: Channel = {
      post: (message) => listeners.forEach((listener, tab) => tab !== self && listener(message)),
      onMessage(listener) {
        listeners.set(self, listener);
        return () => listeners.delete(self);
      },
      close: () => {},
    };
    const store = {
      list: (kind: string, mailbox: string) => Promise.resolve(stored.get(`${kind} ${mailbox}`)),
      saveList(kind: string, mailbox: string, list: StoredList) {
        if (isFull) return Promise.reject(new StorageError('full', undefined));
        stored.set(`${kind} ${mailbox}`, list);
        return Promise.resolve();
      },
    };
    const lists = createPlaceLists({ store, channel, initial, onStorageError: ({ kind }) => errors.push(kind) });
    return { lists, errors };
  }
  return { openTab, fill: () => (isFull = true) };
}

it('starts with what was read for the first paint', () => {
  const { lists } = openBrowser().openTab({ folders: listOf([folder('f', 'Garden')], 'cursor') });
  expect(lists.folders('me')?.map(({ name }) => name)).toEqual(['Garden']);
  expect(lists.cursorOf('me')).toBe('cursor');
  expect(lists.groups('me')).toBeUndefined();
});

it('another tab has a list as soon as one has stored it, and closed tabs hear nothing', async () => {
  const { openTab } = openBrowser();
  const [one, two, three] = [openTab().lists, openTab().lists, openTab().lists];
  three.close();
  await one.save('folders', 'me', listOf([folder('f', 'Garden')], 'cursor'));
  await expect.poll(() => two.folders('me')?.length).toBe(1);
  expect(two.cursorOf('me')).toBe('cursor');
  expect(three.folders('me')).toBeUndefined();
});

it('an equal list keeps its array and its new cursor, and notifies nobody', async () => {
  const { lists } = openBrowser().openTab({ folders: listOf([folder('f', 'Garden')], 'first') });
  const before = lists.folders('me');
  const changes: string[] = [];
  lists.onChange((kind, mailbox) => changes.push(`${kind} ${mailbox}`));
  await lists.save('folders', 'me', listOf([folder('f', 'Garden')], 'second'));
  expect(lists.folders('me')).toBe(before);
  expect(lists.cursorOf('me')).toBe('second');
  expect(changes).toEqual([]);
  await lists.save('folders', 'me', listOf([folder('f', 'House')], 'third'));
  expect(changes).toEqual(['folders me']);
});

it('an answer changes a known list; an unknown one stays unknown', () => {
  const { lists } = openBrowser().openTab({ folders: listOf([folder('f', 'Garden'), folder('g', 'Shop')]) });
  const change = { kind: 'deleteFolder', mailbox: 'me', id: 'g', name: 'Shop' } as const;
  lists.applyResults([
    serverResultOf(change, { goneFolder: 'g' }),
    serverResultOf({ ...change, mailbox: 'ada@example.com' }, { folders: [folder('h', 'Theirs')] }),
  ]);
  expect(lists.folders('me')?.map(({ id }) => id)).toEqual(['f']);
  expect(lists.folders('ada@example.com')).toBeUndefined();
});

it('a list that the device cannot store is shown, and the error reported', async () => {
  const { openTab, fill } = openBrowser();
  const { lists, errors } = openTab();
  fill();
  await lists.save('folders', 'me', listOf([folder('f', 'Garden')]));
  expect(lists.folders('me')).toHaveLength(1);
  expect(errors).toEqual(['full']);
});
