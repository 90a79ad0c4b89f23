import { parseDateTime } from '../../src/domain/time/time.ts';
import type { Spelling } from '../../src/wire/dialect.ts';
import type { QueryField, QueryFields } from './queryFields.ts';
import { foldText } from '../../src/domain/text/foldText.ts';
import type { Filter, Operand, Operator } from './filterParser.ts';
import { unqueryableField, syntaxError, unknownField, unsupportedQuery } from './queryError.ts';
import { always, joined, never, sqlText, type SqlText } from './sqlText.ts';

export type FilterScope = {
  fields: QueryFields;
  /** Display name of the mailbox's owner. */
  owner: string;
  /** The dialect's spelling of names, for error messages. */
  spelling: Pick<Spelling, 'member'>;
  /** SQL that turns a JSON array into rows. */
  elementsOf: (column: string) => string;
};

type Comparison = Extract<Filter, { kind: 'compare' }>;
/** A comparison with the path on the left. */
type PathComparison = { operator: Operator; literal: Exclude<Operand, { kind: 'path' }> };
/** Inside `any`, a path can only be the variable. */
type AnyScope = { variable: string; value: string };

/**
 * Compiles a filter to a condition on the entity's table. Every part is true or false, never unknown, also for null
 * columns: null equals only null and has no order (OData 4.0 §11.2.5.1.1), so `not` is exact.
 * @throws QueryError for a filter that is invalid or not supported.
 */
export function compileFilter(filter: Filter, scope: FilterScope, inside?: AnyScope): SqlText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(
        filter.terms.map((term) => compileFilter(term, scope, inside)),
        filter.kind,
      );
    case 'not': {
      const { text, values } = compileFilter(filter.term, scope, inside);
      return { text: `not (${text})`, values };
    }
    case 'alone':
      return compileAlone(filter.operand, scope, inside);
    case 'any':
      if (inside !== undefined) throw unsupportedQuery(filter.at, "'any' cannot stand in 'any'");
      return compileAny(filter, scope);
    case 'compare':
      return compileComparison(filter, scope, inside);
    case 'in':
      return compileIn(filter, scope, inside);
  }
}

/** One `in` of SQL: a chain of comparisons as long as the list would be too deep for the database. */
function compileIn(
  { left, values, at }: Extract<Filter, { kind: 'in' }>,
  scope: FilterScope,
  inside?: AnyScope,
): SqlText {
  if (left.kind !== 'path') throw unsupportedQuery(at, "'in' needs a property on its left");
  const tests = values.map((right) =>
    compileComparison({ kind: 'compare', operator: 'eq', left, right, at }, scope, inside),
  );
  const column = inside?.value ?? columnOf(resolveField(left, scope, 'filtering').field);
  const others = tests.filter((test) => test.values.length > 0);
  const constants = new Map(tests.filter((test) => test.values.length === 0).map((test) => [test.text, test]));
  const marks = others.map(() => '?').join(', ');
  const whole = {
    text: `(${column} is not null and ${column} in (${marks}))`,
    values: others.flatMap((test) => test.values),
  };
  const parts = [...(others.length > 0 && column !== undefined ? [whole] : others), ...constants.values()];
  return joined(parts, 'or');
}

function columnOf(field: QueryField): string | undefined {
  return 'column' in field ? field.column : undefined;
}

/** A necessary part of a filter, and the only column in it. */
export type IndexCondition = { column: string; where: SqlText };

/**
 * The parts of a filter that an index could use: each is a necessary condition.
 * @param filter has been compiled, so it is valid.
 */
export function indexConditionsOf(filter: Filter, scope: FilterScope): readonly IndexCondition[] {
  if (filter.kind === 'and') return filter.terms.flatMap((term) => indexConditionsOf(term, scope));
  if (filter.kind === 'in') {
    const column =
      filter.left.kind === 'path' ? columnOf(resolveField(filter.left, scope, 'filtering').field) : undefined;
    return column === undefined ? [] : [{ column, where: compileFilter(filter, scope) }];
  }
  if (filter.kind !== 'compare') return [];
  const path = filter.left.kind === 'path' ? filter.left : filter.right;
  const literal = filter.left.kind === 'path' ? filter.right : filter.left;
  if (path.kind !== 'path') return [];
  const { field } = resolveField(path, scope, 'filtering');
  if (field.kind === 'owner' || field.kind === 'nothing' || field.kind === 'strings') return [];
  if (field.kind === 'enum') return enumKeys(field, filter.operator, literal);
  return filter.operator === 'ne' ? [] : [{ column: field.column, where: compileFilter(filter, scope) }];
}

/** One value or all others: ranges of an index. */
function enumKeys(
  field: Extract<QueryField, { kind: 'enum' }>,
  operator: Operator,
  operand: Operand,
): readonly IndexCondition[] {
  if (operand.kind === 'path' || operand.kind === 'null' || (operator !== 'eq' && operator !== 'ne')) return [];
  const word = enumValueOf(operand, field);
  const words = operator === 'eq' ? [word] : field.values.filter((other) => other !== word);
  const { column } = field;
  return [{ column, where: sqlText(`${column} in (${words.map(() => '?').join(', ')})`, ...words) }];
}

function compileAlone(operand: Operand, scope: FilterScope, inside: AnyScope | undefined): SqlText {
  if (operand.kind === 'bool') return operand.value ? always : never;
  if (operand.kind !== 'path') throw syntaxError(operand.at, 'expected a comparison');
  if (inside !== undefined) throw syntaxError(operand.at, 'expected a comparison');
  const { field } = resolveField(operand, scope, 'filtering');
  if (field.kind !== 'bool') throw syntaxError(operand.at, 'expected a comparison');
  return sqlText(`${field.column} = 1`);
}

function compileAny(filter: Extract<Filter, { kind: 'any' }>, scope: FilterScope): SqlText {
  const { field } = resolveField(filter, scope, 'filtering');
  if (field.kind !== 'strings') throw unsupportedQuery(filter.at, `'${filter.path}' is no collection`);
  const inside = { variable: filter.variable.toLowerCase(), value: 'element.value' };
  const body = filter.body === null ? always : compileFilter(filter.body, scope, inside);
  return { text: `exists (select 1 from ${scope.elementsOf(field.column)} where ${body.text})`, values: body.values };
}

/** The elements of a JSON array of texts as rows of `element(value)`, in SQLite. */
export function sqliteElements(column: string): string {
  return `json_each(${column}) as element`;
}

/** The same for PostgreSQL, compared by bytes like every text column. */
export function postgresElements(column: string): string {
  return `(select value collate "C" as value from json_array_elements_text(${column}::json)) as element`;
}

const flipped: Readonly<Record<Operator, Operator>> = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' };

function compileComparison({ left, right, operator, at }: Comparison, scope: FilterScope, inside?: AnyScope): SqlText {
  const [path, literal, side] = left.kind === 'path' ? [left, right, operator] : [right, left, flipped[operator]];
  if (path.kind !== 'path') throw unsupportedQuery(at, 'one side of a comparison must be a property');
  if (literal.kind === 'path') throw unsupportedQuery(literal.at, 'properties are compared with values only');
  if (inside === undefined) return compileField(path, { operator: side, literal }, scope);
  if (path.path.toLowerCase() !== inside.variable) {
    throw unsupportedQuery(path.at, `only '${inside.variable}' can be compared here`);
  }
  return compare(inside.value, false, side, literal.kind === 'null' ? null : foldText(textOf(literal)));
}

function compileField(
  path: { path: string; at: number; isFolded?: boolean },
  side: PathComparison,
  scope: FilterScope,
): SqlText {
  const { field, isDateTime } = resolveField(path, scope, 'filtering');
  const { operator, literal } = side;
  if (path.isFolded === true && !['text', 'enum', 'owner', 'nothing'].includes(field.kind)) {
    throw unsupportedQuery(path.at, `'${path.path}' is no text`);
  }
  const isNull = literal.kind === 'null';
  switch (field.kind) {
    case 'text':
      return compare(field.column, false, operator, isNull ? null : foldText(textOf(literal)));
    case 'offset':
      return compare(field.column, false, operator, isNull ? null : instantOf(literal));
    case 'zoned':
      if (!isDateTime && !isNull) throw unsupportedQuery(path.at, `compare '${path.path}/DateTime' instead`);
      return compare(field.column, true, operator, isNull ? null : instantOf(literal));
    case 'bool':
      return compare(field.column, false, operator, isNull ? null : flagOf(literal, operator));
    case 'enum':
      return compareEnum(field, operator, isNull ? null : enumValueOf(literal, field));
    case 'owner':
      return compareConstants(foldText(scope.owner), operator, isNull ? null : foldText(textOf(literal)));
    case 'nothing':
      return compareConstants(null, operator, isNull ? null : textOf(literal));
    case 'strings':
      throw unsupportedQuery(path.at, `ask '${path.path}/any(…)' instead`);
  }
}

const signs = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

function compare(column: string, isNullable: boolean, operator: Operator, value: string | number | null): SqlText {
  if (value === null) {
    if (operator !== 'eq' && operator !== 'ne') return never;
    if (!isNullable) return operator === 'eq' ? never : always;
    return sqlText(`${column} is ${operator === 'eq' ? '' : 'not '}null`);
  }
  const test = `${column} ${signs[operator]} ?`;
  if (!isNullable) return sqlText(test, value);
  return sqlText(operator === 'ne' ? `(${column} is null or ${test})` : `(${column} is not null and ${test})`, value);
}

/** Enum values compare by their ordinals (docs/protocol.md#enumerations). */
function compareEnum(field: Extract<QueryField, { kind: 'enum' }>, operator: Operator, value: string | null): SqlText {
  if (value === null || operator === 'eq' || operator === 'ne') return compare(field.column, false, operator, value);
  return compare(enumRankSql(field), false, operator, field.values.indexOf(value));
}

/** The ordinal of an enum value as an SQL expression. */
export function enumRankSql({ column, values }: Extract<QueryField, { kind: 'enum' }>): string {
  return `(case ${column} ${values.map((word, rank) => `when '${word}' then ${rank}`).join(' ')} end)`;
}

/** A comparison whose result is the same for every row. */
function compareConstants(left: string | null, operator: Operator, right: string | null): SqlText {
  if (left === null || right === null) {
    const isEqual = left === right;
    return (operator === 'eq' && isEqual) || (operator === 'ne' && !isEqual) ? always : never;
  }
  return sqlText(`? ${signs[operator]} ?`, left, right);
}

/**
 * The property that a path names.
 * @throws QueryError when it does not exist or cannot be queried.
 */
export function resolveField(
  { path, at }: { path: string; at: number },
  { fields, spelling }: Pick<FilterScope, 'fields' | 'spelling'>,
  use: 'filtering' | 'sorting',
): { field: QueryField; isDateTime: boolean } {
  const [name = '', ...steps] = path.split('/');
  const property = fields.get(name.toLowerCase());
  if (property === undefined) throw unknownField(name, at);
  if (property.field === null) throw unqueryableField(spelling.member(property.name), use);
  if (steps.length === 0) return { field: property.field, isDateTime: false };
  const isDateTime = property.field.kind === 'zoned' && steps.length === 1 && steps[0]?.toLowerCase() === 'datetime';
  if (!isDateTime) throw unqueryableField(path, use);
  return { field: property.field, isDateTime };
}

type Literal = PathComparison['literal'];

function textOf(literal: Literal): string {
  if (literal.kind !== 'text') throw syntaxError(literal.at, 'expected a text in quotes');
  return literal.value;
}

/** A date in stored form; without an offset it is read as UTC (docs/protocol.md#query-options-and-paging). */
function instantOf(literal: Literal): string {
  const parsed =
    literal.kind === 'text' || literal.kind === 'bare' ? parseDateTime(withPlus(literal.value)) : undefined;
  if (parsed === undefined) throw syntaxError(literal.at, 'expected a date and time');
  return parsed.instant ?? `${parsed.local}Z`;
}

/** An unencoded plus sign in the address of a request arrives as a blank. */
function withPlus(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:?\d\d)$/i, '$1+$2');
}

function flagOf(literal: Literal, operator: Operator): number {
  if (literal.kind !== 'bool') throw syntaxError(literal.at, 'expected true or false');
  if (operator !== 'eq' && operator !== 'ne') throw unsupportedQuery(literal.at, 'true and false have no order');
  return literal.value ? 1 : 0;
}

function enumValueOf(literal: Literal, { values, types }: Extract<QueryField, { kind: 'enum' }>): string {
  const isTyped = literal.kind === 'enum' && types.includes(literal.type.toLowerCase());
  const text = isTyped || literal.kind === 'text' ? literal.value.toLowerCase() : undefined;
  const match = values.find((candidate) => candidate.toLowerCase() === text);
  if (match === undefined) throw syntaxError(literal.at, `expected one of ${values.join(', ')}`);
  return match;
}
