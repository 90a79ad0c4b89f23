import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { compileFilter, sqliteElements } from './compileFilter.ts';
import { taskQueryFields } from './queryFields.ts';
import { maxDepth, maxLength, parseFilter } from './filterParser.ts';
import { QueryError } from './queryError.ts';
import { tokensOf } from './filterTokens.ts';

const scope = { fields: taskQueryFields, owner: 'Ann', spelling: outlookRest.spelling, elementsOf: sqliteElements };

/** The SQL of a filter or its QueryError; any other error fails the test. */
function compiled(filter: string): { text: string; values: readonly unknown[] } | QueryError {
  try {
    return compileFilter(parseFilter(filter), scope);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}

test('`or` binds weakest, then `and`, `not` and comparisons', () => {
  expect(parseFilter('a or b and not c eq 1 or d')).toMatchObject({
    kind: 'or',
    terms: [
      { operand: { path: 'a' } },
      {
        kind: 'and',
        terms: [
          { operand: { path: 'b' } },
          { kind: 'not', term: { kind: 'compare', left: { path: 'c' }, right: { value: '1' } } },
        ],
      },
      { operand: { path: 'd' } },
    ],
  });
});

test('tokens keep their positions', () => {
  expect(tokensOf(" Subject eq 'it''s' ").map(({ kind, value, at, end }) => [kind, value, at, end])).toEqual([
    ['word', 'Subject', 1, 8],
    ['word', 'eq', 9, 11],
    ['text', "it's", 12, 19],
  ]);
});

test('accepts the maximum depth and length, and no more', () => {
  const nested = (depth: number) => '('.repeat(depth) + 'HasAttachments' + ')'.repeat(depth);
  expect(compiled(nested(maxDepth))).toMatchObject({ text: 'has_attachments = 1' });
  expect(compiled(nested(maxDepth + 1))).toBeInstanceOf(QueryError);
  const long = (length: number) => `Subject eq '${'a'.repeat(length - 13)}'`;
  expect(compiled(long(maxLength))).toMatchObject({ text: 'subject_key = ?' });
  expect(compiled(long(maxLength + 1))).toBeInstanceOf(QueryError);
});

const words =
  "and or not eq ne gt ( ) : , null true 'x' ' ? ; -- 1 é Subject Status 'Completed' DueDateTime/DateTime Owner Body " +
  "2026-01-01T00:00:00Z Categories/any( c: c HasAttachments AssignedTo toString __proto__ constructor Importance'High'";
const word = fc.constantFrom(...words.split(' '));

test('any text is compiled or rejected, and never becomes part of the statement', () => {
  const text = fc.oneof(
    fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  fc.assert(
    fc.property(text, (filter) => {
      const made = compiled(filter);
      if (made instanceof QueryError) return;
      expect(made.text).toMatch(/^[a-z_0-9 .,?()=<>'A-Z]*$/);
      expect(made.text.split('?').length - 1).toBe(made.values.length);
    }),
    { numRuns: 2_000 },
  );
});
