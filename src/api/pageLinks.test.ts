import { expect, test } from 'vitest';
import { followPages } from './pageLinks.ts';

test('reads pages one after the other, up to the one without a link', async () => {
  const links: Readonly<Record<string, string>> = { one: 'two', two: 'three' };
  const read: string[] = [];
  await followPages('one', (path) => {
    read.push(path);
    return Promise.resolve(links[path]);
  });
  expect(read).toEqual(['one', 'two', 'three']);
});

test('follows circular links only once', async () => {
  const links: Readonly<Record<string, string>> = { one: 'two', two: 'three', three: 'two' };
  const read: string[] = [];
  await followPages('one', (path) => {
    read.push(path);
    return Promise.resolve(links[path]);
  });
  expect(read).toEqual(['one', 'two', 'three']);
});
