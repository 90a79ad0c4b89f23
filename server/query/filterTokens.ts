import { syntaxError } from './queryError.ts';

const marks = ['(', ')', ':', ','] as const;

/**
 * `bare` is a literal without quotes: a date, a number, a GUID. Words include the slashes and dots of paths and type
 * names.
 */
export type TokenKind = 'word' | 'text' | 'bare' | (typeof marks)[number] | 'end';

/** `end` is where the token ends in the filter, for literals that must follow a word without a blank. */
export type Token = { kind: TokenKind; value: string; at: number; end: number };

const blank = /\s*/y;
const word = /[\p{L}_$@][\p{L}\p{N}_$@./]*/uy;
const quoted = /'((?:[^']|'')*)'/y;
// An unencoded plus sign arrives as a blank: `…T10:00:00 02:00`.
const dateTime = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+\- ]\d\d:\d\d)?(?![\w:.-])/iy;
const bare = /[\d+-][\w:.+-]*/y;
const guid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w-])/iy;

/**
 * Splits a filter into tokens, without `end`.
 * @throws QueryError at the first character that begins no token.
 */
export function tokensOf(filter: string): Token[] {
  const tokens: Token[] = [];
  let at = skip(filter, 0);
  while (at < filter.length) {
    const token = tokenAt(filter, at);
    tokens.push(token);
    at = skip(filter, token.end);
  }
  return tokens;
}

function tokenAt(filter: string, at: number): Token {
  const match = (shape: RegExp) => {
    shape.lastIndex = at;
    return shape.exec(filter);
  };
  const token = (kind: TokenKind, value: string, length: number): Token => ({ kind, value, at, end: at + length });

  const id = match(guid);
  if (id !== null) return token('bare', id[0], id[0].length);
  const name = match(word);
  if (name !== null) return token('word', name[0], name[0].length);
  const text = match(quoted);
  if (text !== null) return token('text', (text[1] ?? '').replaceAll("''", "'"), text[0].length);
  const literal = match(dateTime) ?? match(bare);
  if (literal !== null) return token('bare', literal[0].replace(' ', '+'), literal[0].length);
  const mark = marks.find((one) => one === filter[at]);
  if (mark !== undefined) return token(mark, mark, 1);
  throw syntaxError(at, filter[at] === "'" ? 'the text has no end' : `unexpected '${filter[at]}'`);
}

function skip(filter: string, at: number): number {
  blank.lastIndex = at;
  blank.exec(filter);
  return blank.lastIndex;
}
