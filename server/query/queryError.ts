import type { Dialect } from '../../src/wire/dialect.ts';
import { AppError } from '../config/appError.ts';

/** Why a $filter or $orderby is rejected (docs/protocol.md#query-options-and-paging). */
export type QueryErrorKind = 'syntax' | 'unsupported' | 'search' | 'property';

/** An invalid or unsupported query; `queryErrorToAppError` gives it the dialect's code. */
export class QueryError extends Error {
  override name = 'QueryRefusal';
  readonly kind: QueryErrorKind;
  constructor(kind: QueryErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A syntax error. Positions count characters from 0, as in OData's own messages. */
export function syntaxError(at: number, complaint: string): QueryError {
  return new QueryError('syntax', `Syntax error at position ${at} of the filter: ${complaint}.`);
}

/** A filter that OData allows and this service does not support. */
export function unsupportedQuery(at: number, complaint: string): QueryError {
  return new QueryError('unsupported', `The filter is not supported at position ${at}: ${complaint}.`);
}

/** The documented response to both functions, including its two spaces. */
export function searchNotSupported(): QueryError {
  const message = "'contains' and 'startswith' are not supported for filtering.  Use Search instead.";
  return new QueryError('search', message);
}

export function unknownField(name: string, at: number): QueryError {
  return new QueryError('property', `The property '${name}' at position ${at} does not exist.`);
}

/** @param use what was attempted: 'filtering' or 'sorting'. */
export function unqueryableField(name: string, use: 'filtering' | 'sorting'): QueryError {
  return new QueryError('property', `The property '${name}' does not support ${use}.`);
}

/** The dialect's error: Graph has one code and, for unsupported queries, one sentence. */
export function queryErrorToAppError({ kind, message }: QueryError, { name }: Pick<Dialect, 'name'>): AppError {
  if (kind === 'property') return new AppError(400, 'ErrorInvalidProperty', message);
  if (name === 'outlookRest') return new AppError(400, 'ErrorInvalidUrlQueryFilter', message);
  return new AppError(400, 'BadRequest', kind === 'syntax' ? message : 'This filter query is not supported.');
}
