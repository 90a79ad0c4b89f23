import { viewNames } from './appUrls.ts';

const views: readonly string[] = viewNames;
const pages: readonly string[] = ['share', 'open', 'settings', 'waiting', 'bin', 'exchange'];

/** Whether the app has a page at a path (src/app/appRoutes.tsx; a test compares the two). */
export function isAppPath(path: string): boolean {
  const [start, ...steps] = path.toLowerCase().replace(/\/$/, '').split('/');
  const [first = '', ...rest] = steps;
  if (start !== '' || steps.includes('')) return false;
  if (steps.length === 0 || (rest.length === 0 && pages.includes(first))) return true;
  if (views.includes(first)) return isTaskPath(rest);
  if (first === 'folders') return rest.length === 0 || isTaskPath(rest.slice(1));
  return first === 'people' && rest[1] === 'folders' && rest[2] !== undefined && isTaskPath(rest.slice(3));
}

/** What may follow a list: nothing, or one of its tasks. */
function isTaskPath(steps: readonly string[]): boolean {
  return steps.length === 0 || (steps.length === 2 && steps[0] === 'tasks');
}
