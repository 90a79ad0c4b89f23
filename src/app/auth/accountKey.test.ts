import { expect, test } from 'vitest';
import { accountKey } from './accountKey.ts';

test('an issuer and subject always give the same key, others give other keys', async () => {
  const key = await accountKey('https://id.example', 'ada');
  expect(key).toMatch(/^[\da-f]{32}$/);
  expect(await accountKey('https://id.example', 'ada')).toBe(key);
  expect(await accountKey('https://other.example', 'ada')).not.toBe(key);
  expect(await accountKey('https://id.example', 'bob')).not.toBe(key);
});
