import type { Call } from '../call.ts';
import { isPostgres } from '../db/kind.ts';
import { compileFilter, postgresElements, sqliteElements, type FilterScope } from './compile.ts';
import type { QueryFields } from './fields.ts';
import { compileOrder } from './order.ts';
import { parseFilter } from './parser.ts';
import { QueryRefusal, refusedQuery } from './refusal.ts';
import { always, type SqlText } from './sqlText.ts';

/** What a request asks of a list: a condition, and the text after `order by` if it asks for an order. */
export type ListQuery = { where: SqlText; order?: string };

/**
 * Reads $filter and $orderby of a request (wire.md §13).
 * @throws AppError 400 with the dialect's code.
 */
export function listQueryOf({ options, dialect, principal, read }: Call, fields: QueryFields): ListQuery {
  const { filter, orderBy = [] } = options;
  const elementsOf = isPostgres(read) ? postgresElements : sqliteElements;
  const scope: FilterScope = { fields, owner: principal.name, spelling: dialect.spelling, elementsOf };
  try {
    return {
      where: filter === undefined ? always : compileFilter(parseFilter(filter), scope),
      ...(orderBy.length > 0 && { order: compileOrder(orderBy, scope) }),
    };
  } catch (error) {
    throw error instanceof QueryRefusal ? refusedQuery(error, dialect) : error;
  }
}
