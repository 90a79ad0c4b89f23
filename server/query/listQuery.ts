import type { RequestContext } from '../http/requestContext.ts';
import { isPostgres } from '../db/isPostgres.ts';
import {
  compileFilter,
  indexConditionsOf,
  postgresElements,
  sqliteElements,
  type FilterScope,
  type IndexCondition,
} from './compileFilter.ts';
import type { QueryFields } from './queryFields.ts';
import { compileOrder, orderedBy } from './compileOrder.ts';
import { parseFilter } from './filterParser.ts';
import { QueryError, queryErrorToAppError } from './queryError.ts';
import { always, type SqlText } from './sqlText.ts';

/** What a request asks of a list: a condition, and the text after `order by` if it asks for an order. */
export type ListQuery = {
  where: SqlText;
  /** Parts of the condition that an index may serve. */
  keys: readonly IndexCondition[];
  order?: string;
  /** The column the order goes by, if it is one. */
  orderedBy?: string | undefined;
};

/**
 * Reads $filter and $orderby of a request (docs/protocol.md#query-options-and-paging).
 * @throws AppError 400 with the dialect's code.
 */
export function listQueryOf({ options, dialect, mailbox, read }: RequestContext, fields: QueryFields): ListQuery {
  const { filter, orderBy = [] } = options;
  const elementsOf = isPostgres(read) ? postgresElements : sqliteElements;
  const scope: FilterScope = { fields, owner: mailbox.name, spelling: dialect.spelling, elementsOf };
  try {
    const parsed = filter === undefined ? undefined : parseFilter(filter);
    return {
      where: parsed === undefined ? always : compileFilter(parsed, scope),
      keys: parsed === undefined ? [] : indexConditionsOf(parsed, scope),
      ...(orderBy.length > 0 && { order: compileOrder(orderBy, scope), orderedBy: orderedBy(orderBy, scope) }),
    };
  } catch (error) {
    throw error instanceof QueryError ? queryErrorToAppError(error, dialect) : error;
  }
}
