import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lastPlace, saveLastPlace } from './lastPlace.ts';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('the last place is stored per account', () => {
  expect(lastPlace('a')).toBe('/today');
  saveLastPlace('a', '/folders/x%20y');
  expect(lastPlace('a')).toBe('/folders/x%20y');
  expect(lastPlace('b')).toBe('/today');
});

test.each(['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere', ''])(
  '%j is not navigated to',
  (address) => {
    saveLastPlace('a', address);
    expect(lastPlace('a')).toBe('/today');
  },
);

test('without storage the start page is Today', () => {
  vi.stubGlobal('localStorage', undefined);
  saveLastPlace('a', '/all');
  expect(lastPlace('a')).toBe('/today');
});
