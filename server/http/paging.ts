import { trimEndOf } from '../../src/domain/text/trimText.ts';
import type { RequestContext } from './requestContext.ts';
import { AppError } from '../config/appError.ts';
import { reply } from './http.ts';

/** Page size when the request names none (docs/protocol.md#query-options-and-paging). */
export const defaultTop = 10;

/**
 * The URL of the next page in the client's spelling (docs/protocol.md#query-options-and-paging); undefined on the last
 * page.
 */
export function nextLinkOf(context: RequestContext, hasMore: boolean): string | undefined {
  const { top, skip } = context.options;
  if (!hasMore || top === 0) return undefined;
  const url = new URL(context.c.req.url);
  return `${new URL(context.rootUrl).origin}${trimEndOf(url.pathname, '/')}${queryFrom(context, url.search, skip + top)}`;
}

/** Answer of `…/$count`: the plain number. */
export function sendCount(context: RequestContext, row: { n: number }): Response {
  return reply(context.c, String(row.n), 200, { 'Content-Type': 'text/plain; charset=utf-8' });
}

/**
 * Keeps the members that `$select` names in any letter case, `Id` and annotations
 * (docs/protocol.md#query-options-and-paging).
 */
export function selectMembers(context: RequestContext, members: object): object {
  const { select } = context.options;
  if (select === undefined || select.includes('*')) return members;
  const entries = Object.entries(members);
  const known = new Map(entries.map(([name]) => [name.toLowerCase(), name]));
  const id = context.dialect.spelling.member('Id');
  const names = new Set([id, ...select.map((name) => known.get(name.toLowerCase()) ?? unknownProperty(name))]);
  return Object.fromEntries(entries.filter(([name]) => names.has(name) || name.startsWith('@')));
}

export function unknownProperty(name: string): never {
  throw new AppError(400, 'ErrorInvalidProperty', `The property '${name}' does not exist.`);
}

/** The same query with another `$skip`: everything else keeps the client's spelling. */
function queryFrom({ dialect }: RequestContext, search: string, skip: number): string {
  const own = dialect.isDollarOptional ? /^(\$|%24)?skip=/i : /^(\$|%24)skip=/i;
  const remaining = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !own.test(part));
  return `?${[...remaining, `$skip=${skip}`].join('&')}`;
}
