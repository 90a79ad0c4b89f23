import { expect, test } from 'vitest';
import { parseEmailAddresses, emailAddressProblem } from './emailAddresses.ts';

test.each([
  ['', []],
  [' ada@example.com ', ['ada@example.com']],
  ['ada@example.com, bob@example.com;eve@example.com', ['ada@example.com', 'bob@example.com', 'eve@example.com']],
  ['ada@example.com\nADA@example.com', ['ada@example.com']],
])('%j holds the addresses %j', (text, addresses) => {
  expect(parseEmailAddresses(text)).toEqual(addresses);
});

test.each([
  ['ada', 'notOne'],
  ['ada@', 'notOne'],
  ['ada@one@two', 'notOne'],
  ['Me@Example.com', 'own'],
  ['BOB@example.com', 'known'],
  ['eve@example.com', 'none'],
])('%s: %s', (address, problem) => {
  expect(emailAddressProblem(address, 'me@example.com', ['bob@example.com'])).toBe(problem);
});
