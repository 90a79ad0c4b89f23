import type { OrderBy } from '../../src/wire/odata/odata.ts';
import { resolveField, enumRankSql, type FilterScope } from './compileFilter.ts';
import type { QueryField } from './queryFields.ts';
import { unqueryableField, QueryError } from './queryError.ts';

/** The default order of tasks; the table's indexes serve it (docs/protocol.md#query-options-and-paging). */
export const oldestFirst = 'created_at asc, id asc';

/** More keys than an entity has properties have no effect. */
const maxKeys = 20;

/**
 * Compiles a $orderby to SQL after `order by`: null first, enums by ordinal, texts folded; ties by id in the direction
 * of the last column, as in the indexes (docs/protocol.md#query-options-and-paging).
 * @throws QueryError for an order that is invalid or not supported.
 */
export function compileOrder(orderBy: readonly OrderBy[], scope: Pick<FilterScope, 'fields' | 'spelling'>): string {
  if (orderBy.length > maxKeys) throw new QueryError('unsupported', `More than ${maxKeys} properties to sort by.`);
  const keys = orderBy.flatMap(({ path, isDescending }) => {
    const { field } = resolveField({ path, at: 0 }, scope, 'sorting');
    if (field.kind === 'strings') throw unqueryableField(path, 'sorting');
    // The same value in every row.
    if (field.kind === 'owner' || field.kind === 'nothing') return [];
    return [`${keyText(field)} ${isDescending ? 'desc' : 'asc'}${nullsText(field, isDescending)}`];
  });
  return [...keys, orderBy.at(-1)?.isDescending === true ? 'id desc' : 'id asc'].join(', ');
}

/** The only column of an order, apart from ids. */
export function orderedBy(
  orderBy: readonly OrderBy[],
  scope: Pick<FilterScope, 'fields' | 'spelling'>,
): string | undefined {
  const [first, ...others] = orderBy;
  if (first === undefined || others.length > 0) return undefined;
  const { field } = resolveField({ path: first.path, at: 0 }, scope, 'sorting');
  return field.kind === 'text' || field.kind === 'offset' || field.kind === 'zoned' ? field.column : undefined;
}

type Sorted = Exclude<QueryField, { kind: 'strings' | 'owner' | 'nothing' }>;

function keyText(field: Sorted): string {
  return field.kind === 'enum' ? enumRankSql(field) : field.column;
}

function nullsText({ kind }: Sorted, isDescending: boolean): string {
  if (kind !== 'zoned') return '';
  return isDescending ? ' nulls last' : ' nulls first';
}
