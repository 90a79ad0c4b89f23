import { expect, test } from 'vitest';
import { followPages } from './pageLinks.ts';

test('pages are read one after the other, to the one without a link', async () => {
  const links: Readonly<Record<string, string>> = { one: 'two', two: 'three' };
  const read: string[] = [];
  await followPages('one', (path) => {
    read.push(path);
    return Promise.resolve(links[path]);
  });
  expect(read).toEqual(['one', 'two', 'three']);
});

test('links that lead in a circle are followed once', async () => {
  const links: Readonly<Record<string, string>> = { one: 'two', two: 'three', three: 'two' };
  const read: string[] = [];
  await followPages('one', (path) => {
    read.push(path);
    return Promise.resolve(links[path]);
  });
  expect(read).toEqual(['one', 'two', 'three']);
});
