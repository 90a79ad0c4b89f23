import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAppPath } from './appPaths.ts';
import { viewNames } from './appUrls.ts';

/** The paths of the app's routes, with a value for each parameter. */
function routePaths(): string[] {
  const source = readFileSync(new URL('../../app/appRoutes.tsx', import.meta.url), 'utf8');
  const literal = [...source.matchAll(/path="([^"*]+)"/g)].map(([, path = '']) => path);
  const views = viewNames.flatMap((view) => [view, `${view}/tasks/:taskId`]);
  return ['', ...views, ...literal].map((path) => `/${path.replaceAll(/:\w+/g, 'VA%2Fb-1')}`);
}

test('every route of the app is one of its paths', () => {
  const paths = routePaths();
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !isAppPath(path))).toEqual([]);
  expect(isAppPath('/Today/')).toBe(true);
});

test.each([
  '/nothing',
  '/today/x',
  '/today/tasks',
  '/folders/a/tasks',
  '/folders/a/b',
  '/people/ann@example.com',
  '/people/ann@example.com/folders',
  '/settings/x',
  '/.well-known/x',
  '/.git/config',
  '/wp-login.php',
  '//',
  '/index.html',
])('%s is none', (path) => {
  expect(isAppPath(path)).toBe(false);
});
