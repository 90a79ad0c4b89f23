import { expect, test } from 'vitest';
import { isReserved, placeOfLink } from './address.ts';

test.each([
  ['web+threefold:folders/AAMk', '/folders/AAMk'],
  ['web+threefold:/folders/AAMk/tasks/b%3D', '/folders/AAMk/tasks/b%3D'],
  ['web+threefold://today', '/today'],
  ['WEB+THREEFOLD:people/ann%40example.com/folders/x#note', '/people/ann%40example.com/folders/x#note'],
  ['web+threefold:folders/../oidc/session/end', undefined],
  ['web+threefold:////evil.example/folders/x', undefined],
  ['web+threefold:folders//evil.example', undefined],
  ['web+threefold:auth.html', undefined],
  ['web+threefold:\\\\evil.example\\folders', undefined],
  ['web+threefold:', undefined],
  ['https://evil.example/folders/x', undefined],
  ['javascript:alert(1)', undefined],
])('%s leads to %s', (link, place) => {
  expect(placeOfLink(link)).toBe(place);
});

test('what is the service’s own is never the app', () => {
  const own = [
    '/oidc/auth',
    '/api',
    '/beta/me',
    '/v1.0/me',
    '/threefold/v1/events',
    '/healthz',
    '/auth.html',
    '/Config.json',
  ];
  expect(own.filter((path) => !isReserved(path))).toEqual([]);
  expect(['/', '/today', '/share', '/threefolds', '/folders/a.b'].filter(isReserved)).toEqual([]);
});
