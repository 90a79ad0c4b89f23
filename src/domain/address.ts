import { viewNames } from './place.ts';

/**
 * Addresses that the service answers itself, or not at all: never the app's shell, neither from the service nor from the
 * service worker (architecture.md §13).
 */
const reserved = /^\/(oidc|api|beta|v1\.0|threefold|healthz|auth\.html|config\.json|assets)(\/|$)/i;

export const isReserved = (path: string): boolean => reserved.test(path);

/** Where the system sends what is shared with the installed app, and what it is told to open (public/manifest.webmanifest). */
export const arrivals = { share: '/share', open: '/open' } as const;

/** Scheme, path of plain segments, fragment. Nothing that an address could be turned by: no `..`, no `//`, no backslash. */
const link = /^web\+threefold:\/*([\w%~.@=+!$'(),;:/-]+)(#[\w%~.=&-]*)?$/i;
const linked: ReadonlySet<string> = new Set([...viewNames, 'folders', 'people', 'settings', 'waiting']);

/**
 * The place in the app that a `web+threefold:` link names: `web+threefold:folders/AAA/tasks/BBB`, with any number of slashes
 * before it. Undefined for anything that is no place of ours: such a link comes from anywhere.
 */
export function placeOfLink(text: string): string | undefined {
  const [, path = '', fragment = ''] = link.exec(text) ?? [];
  const segments = path.replace(/\/$/, '').split('/');
  if (!linked.has(segments[0] ?? '') || segments.some((segment) => /^\.*$/.test(segment))) return undefined;
  return `/${segments.join('/')}${fragment}`;
}
