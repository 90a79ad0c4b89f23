import { outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { readOptions } from '../../src/wire/odata/odata.ts';
import { readPrefer } from '../../src/wire/odata/preferHeader.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import type { ServiceContext } from '../http/requestContext.ts';
import { invalidQuery } from '../config/appError.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { preferenceAppliedOf, reply, queryStringOf, type HonoContext } from '../http/http.ts';
import { searchTasks } from '../search/search.ts';
import { maxQueryLength, parseSearchTerms } from '../search/searchTerms.ts';

/** `/threefold/v1/search?q=…&$top=…&$skip=…`: the search in tasks, which no dialect has. */
export const searchRoutes: V1Routes = { search: { GET: getSearch } };

const defaultTop = 25;
const maxTop = 100;

/**
 * `{ "value": [task], "nextLink"? }`: tasks in v2's spelling, each with `@threefold.rank`, its position among all hits,
 * and `@threefold.snippet`, the text around the match. Dates are in the zone of Prefer.
 */
async function getSearch(c: HonoContext, { read, tenantId }: ServiceContext, principal: Principal): Promise<Response> {
  const search = queryStringOf(c);
  const question = new URLSearchParams(search).get('q');
  if (question === null) throw invalidQuery("The query parameter 'q' is missing.");
  if (question.length > maxQueryLength) throw invalidQuery("The query parameter 'q' is too long.");
  const options = readOptions(search, { isDollarOptional: true });
  const [top, skip] = [Math.min(options.top ?? defaultTop, maxTop), options.skip ?? 0];
  const prefer = readPrefer(c.req.header('prefer'));
  const zone = prefer.timeZone?.name ?? 'UTC';
  const parsed = parseSearchTerms(question);
  const { accountId, name: owner } = principal;
  const hits = parsed === undefined ? [] : await searchTasks(read, { accountId, owner, question: parsed, top, skip });
  const value = hits.slice(0, top).map(({ task, snippet }, at) => ({
    '@odata.id': `${c.get('origin')}${outlookRest.root}/Users('${accountId}@${tenantId}')/Tasks('${task.id}')`,
    ...outlookRest.task.encode(task, { zone }),
    '@threefold.rank': skip + at + 1,
    '@threefold.snippet': snippet,
  }));
  const next = { q: question, $top: String(top), $skip: String(skip + top) };
  const hasMore = top > 0 && hits.length > top;
  const text = JSON.stringify({
    value,
    ...(hasMore && { nextLink: `/threefold/v1/search?${new URLSearchParams(next).toString()}` }),
  });
  const applied = preferenceAppliedOf(prefer, false);
  return reply(c, text, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    ...(applied !== undefined && { 'Preference-Applied': applied }),
  });
}
