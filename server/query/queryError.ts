import type { Dialect } from '../../src/wire/dialect.ts';
import { AppError } from '../config/appError.ts';

/** Why a $filter or $orderby is refused (docs/protocol.md#query-options-and-paging). */
export type RefusalKind = 'syntax' | 'unsupported' | 'search' | 'property';

/** A query that cannot be answered; `refusedQuery` gives it the dialect's code. */
export class QueryRefusal extends Error {
  override name = 'QueryRefusal';
  readonly kind: RefusalKind;
  constructor(kind: RefusalKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Text that is no filter. Positions count characters from 0, as OData's own messages do. */
export function syntaxError(at: number, complaint: string): QueryRefusal {
  return new QueryRefusal('syntax', `Syntax error at position ${at} of the filter: ${complaint}.`);
}

/** A filter that OData allows and this service does not. */
export function unsupported(at: number, complaint: string): QueryRefusal {
  return new QueryRefusal('unsupported', `The filter is not supported at position ${at}: ${complaint}.`);
}

/** The documented answer to both functions, its two spaces included. */
export function searchInstead(): QueryRefusal {
  const message = "'contains' and 'startswith' are not supported for filtering.  Use Search instead.";
  return new QueryRefusal('search', message);
}

export function unknownField(name: string, at: number): QueryRefusal {
  return new QueryRefusal('property', `The property '${name}' at position ${at} does not exist.`);
}

/** @param use what was tried: 'filtering' or 'sorting'. */
export function closedField(name: string, use: 'filtering' | 'sorting'): QueryRefusal {
  return new QueryRefusal('property', `The property '${name}' does not support ${use}.`);
}

/** A refusal as the dialect's error: Graph knows one code and, for what it cannot do, one sentence. */
export function refusedQuery({ kind, message }: QueryRefusal, { name }: Pick<Dialect, 'name'>): AppError {
  if (kind === 'property') return new AppError(400, 'ErrorInvalidProperty', message);
  if (name === 'outlookRest') return new AppError(400, 'ErrorInvalidUrlQueryFilter', message);
  return new AppError(400, 'BadRequest', kind === 'syntax' ? message : 'This filter query is not supported.');
}
