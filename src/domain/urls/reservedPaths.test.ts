import { expect, test } from 'vitest';
import { isReservedPath } from './reservedPaths.ts';

test('paths of the service never open the app', () => {
  const own = [
    '/oidc/auth',
    '/api',
    '/beta/me',
    '/v1.0/me',
    '/threefold/v1/events',
    '/healthz',
    '/auth.html',
    '/Config.json',
    '/.well-known/x',
  ];
  expect(own.filter((path) => !isReservedPath(path))).toEqual([]);
  expect(['/', '/today', '/share', '/threefolds', '/folders/a.b'].filter(isReservedPath)).toEqual([]);
});
