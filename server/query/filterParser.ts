import { searchNotSupported, syntaxError, unsupportedQuery, type QueryError } from './queryError.ts';
import { tokensOf, type Token, type TokenKind } from './filterTokens.ts';

/** The syntax tree of a $filter; names are not resolved yet. */
export type Filter =
  | { kind: 'and' | 'or'; terms: readonly Filter[] }
  | { kind: 'not'; term: Filter }
  | { kind: 'compare'; operator: Operator; left: Operand; right: Operand; at: number }
  /** `Status in ('NotStarted','Deferred')`. */
  | { kind: 'in'; left: Operand; values: readonly Operand[]; at: number }
  /** A path or literal used as a condition: `HasAttachments`. */
  | { kind: 'alone'; operand: Operand }
  /** `Categories/any(c:…)`; without a body, whether there is any element. */
  | { kind: 'any'; path: string; variable: string; body: Filter | null; at: number };

export const operators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Operator = (typeof operators)[number];

export type Operand = { at: number } &
  /** `isFolded` inside `tolower` or `toupper`: texts are compared without regard to case anyway. */
  (
    | { kind: 'path'; path: string; isFolded?: boolean }
    | { kind: 'text'; value: string }
    /** `Microsoft.Exchange.Services.OData.Model.Importance'High'`: the last part of the type's name, and the value. */
    | { kind: 'enum'; type: string; value: string }
    | { kind: 'bare'; value: string }
    | { kind: 'bool'; value: boolean }
    | { kind: 'null' }
  );

/** Longer filters are rejected, because databases limit the depth of an expression. In characters. */
export const maxLength = 4096;
/** The maximum nesting of parentheses and `not`. */
export const maxDepth = 32;

/**
 * Parses a $filter (docs/protocol.md#query-options-and-paging): `or` binds weakest, then `and`, `not`, comparisons.
 * Keywords and names match in any letter case.
 * @throws QueryError with the position.
 */
export function parseFilter(text: string): Filter {
  if (text.length > maxLength) throw unsupportedQuery(maxLength, `it is longer than ${maxLength} characters`);
  const tokens = tokensOf(text);
  let next = 0;

  const end: Token = { kind: 'end', value: '', at: text.length, end: text.length };
  const peek = (): Token => tokens[next] ?? end;
  const isWord = (word: string): boolean => peek().kind === 'word' && peek().value.toLowerCase() === word;

  function take(): Token {
    const token = peek();
    if (token.kind !== 'end') next += 1;
    return token;
  }

  function expect(kind: TokenKind, complaint: string): Token {
    const token = take();
    if (token.kind !== kind) throw syntaxError(token.at, complaint);
    return token;
  }

  /** Terms of one kind in one list, so that a long chain stays shallow. */
  function chain(kind: 'and' | 'or', term: () => Filter): Filter {
    const first = term();
    const terms = [first];
    while (isWord(kind)) {
      take();
      terms.push(term());
    }
    return terms.length === 1 ? first : { kind, terms };
  }

  function parseOr(depth: number): Filter {
    if (depth > maxDepth) throw unsupportedQuery(peek().at, `it is nested deeper than ${maxDepth}`);
    return chain('or', () => chain('and', () => parseUnary(depth)));
  }

  function parseUnary(depth: number): Filter {
    if (depth > maxDepth) throw unsupportedQuery(peek().at, `it is nested deeper than ${maxDepth}`);
    if (isWord('not')) {
      take();
      return { kind: 'not', term: parseUnary(depth + 1) };
    }
    if (peek().kind !== '(') return parseComparison(depth);
    take();
    const inner = parseOr(depth + 1);
    expect(')', "expected ')'");
    return inner;
  }

  function parseComparison(depth: number): Filter {
    const { kind, value, at } = peek();
    const isCall = kind === 'word' && tokens[next + 1]?.kind === '(' && !isFolding(value);
    if (isCall && value.toLowerCase() !== 'in') return parseCall(value, at, depth);
    const left = parseOperand();
    if (isWord('in') && tokens[next + 1]?.kind === '(') {
      take();
      return { kind: 'in', left, values: parseList(), at: left.at };
    }
    const operator = operators.find(isWord);
    if (operator === undefined) return { kind: 'alone', operand: left };
    take();
    return { kind: 'compare', operator, left, right: parseOperand(), at: left.at };
  }

  function parseList(): Operand[] {
    expect('(', "expected '('");
    const values = [parseOperand()];
    while (peek().kind === ',') {
      take();
      values.push(parseOperand());
    }
    expect(')', "expected ')'");
    return values;
  }

  function parseCall(name: string, at: number, depth: number): Filter {
    if (!name.toLowerCase().endsWith('/any')) throw refusedCall(name, at);
    take();
    take();
    const path = name.slice(0, -'/any'.length);
    if (peek().kind === ')') {
      take();
      return { kind: 'any', path, variable: '', body: null, at };
    }
    const variable = expect('word', 'expected the name of a variable').value;
    expect(':', "expected ':'");
    const body = parseOr(depth + 1);
    expect(')', "expected ')'");
    return { kind: 'any', path, variable, body, at };
  }

  function parseOperand(): Operand {
    const token = take();
    const { value, at } = token;
    if (token.kind === 'text' || token.kind === 'bare') return { kind: token.kind, value, at };
    if (token.kind !== 'word') {
      throw syntaxError(at, token.kind === 'end' ? 'it ends too early' : `unexpected '${value}'`);
    }
    const lower = value.toLowerCase();
    if (lower === 'null') return { kind: 'null', at };
    if (lower === 'true' || lower === 'false') return { kind: 'bool', value: lower === 'true', at };
    if (peek().kind === '(' && isFolding(value)) return parseFolded();
    if (peek().kind === '(') throw refusedCall(value, at);
    if (peek().kind !== 'text' || peek().at !== token.end) return { kind: 'path', path: value, at };
    return { kind: 'enum', type: value.slice(value.lastIndexOf('.') + 1), value: take().value, at };
  }

  function parseFolded(): Operand {
    take();
    const operand = parseOperand();
    expect(')', "expected ')'");
    return operand.kind === 'path' ? { ...operand, isFolded: true } : operand;
  }

  const filter = parseOr(0);
  const rest = peek();
  if (rest.kind !== 'end') throw syntaxError(rest.at, `unexpected '${rest.value}'`);
  return filter;
}

/** Functions that change only what comparisons ignore. */
function isFolding(name: string): boolean {
  return /^to(?:lower|upper)$/i.test(name);
}

function refusedCall(name: string, at: number): QueryError {
  return /^(contains|startswith)$/i.test(name)
    ? searchNotSupported()
    : unsupportedQuery(at, `'${name}' is not available`);
}
