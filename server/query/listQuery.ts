import type { Dialect } from '../../src/wire/dialect.ts';
import type { QueryOptions } from '../../src/wire/odata/odata.ts';
import type { Db } from '../db/tables.ts';
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
import { hasTime } from '../db/statementGuard.ts';
import { always, joined, sqlText, type SqlText } from './sqlText.ts';

/** The parts of a request that select and order the members of a list. */
export type ListRequest = {
  options: QueryOptions;
  dialect: Dialect;
  /** `name` is the owner's display name. */
  mailbox: { name: string };
  read: Db;
};

/** The condition and, if the request sets one, the order of a list as SQL. */
export type ListQuery = {
  where: SqlText;
  /** Parts of the condition that an index may serve. */
  keys: readonly IndexCondition[];
  order?: string;
  /** The order's column, if there is only one. */
  orderedBy?: string | undefined;
};

/**
 * Reads $filter and $orderby of a request (docs/protocol.md#query-options-and-paging).
 * @throws AppError 400 with the dialect's code.
 */
export function listQueryOf({ options, dialect, mailbox, read }: ListRequest, fields: QueryFields): ListQuery {
  const { filter, orderBy = [] } = options;
  const elementsOf = isPostgres(read) ? postgresElements : sqliteElements;
  const scope: FilterScope = { fields, owner: mailbox.name, spelling: dialect.spelling, elementsOf };
  try {
    const parsed = filter === undefined ? undefined : parseFilter(filter);
    const where = parsed === undefined ? always : compileFilter(parsed, scope);
    // Without these three, a list reads as many rows as it shows.
    const isLong = parsed !== undefined || orderBy.length > 0 || (options.skip ?? 0) > 0;
    return {
      where: isLong && !isPostgres(read) ? joined([sqlText(hasTime), where], 'and') : where,
      keys: parsed === undefined ? [] : indexConditionsOf(parsed, scope),
      ...(orderBy.length > 0 && { order: compileOrder(orderBy, scope), orderedBy: orderedBy(orderBy, scope) }),
    };
  } catch (error) {
    throw error instanceof QueryError ? queryErrorToAppError(error, dialect) : error;
  }
}
