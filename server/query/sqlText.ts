import { sql, type RawBuilder } from 'kysely';

/** Part of a statement: constant text with a `?` for each value. */
export type SqlText = { text: string; values: readonly (string | number)[] };

export function sqlText(text: string, ...values: readonly (string | number)[]): SqlText {
  return { text, values };
}

/** Valid on both databases; SQLite's `true` is not PostgreSQL's. */
export const always = sqlText('1 = 1');
export const never = sqlText('1 = 0');

export function joined(parts: readonly SqlText[], word: 'and' | 'or'): SqlText {
  return {
    text: `(${parts.map(({ text }) => text).join(` ${word} `)})`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** With numbered parameters, `?7`, starting at `first`: for hand-written statements. */
export function numberedParameters({ text }: SqlText, first: number): string {
  let number = first;
  return text.replaceAll('?', () => `?${number++}`);
}

/** As part of a Kysely query. */
export function expressionOf({ text, values }: SqlText): RawBuilder<boolean> {
  const pieces = text.split('?').map((piece, at) => {
    const value = values[at];
    return value === undefined ? sql.raw(piece) : sql`${sql.raw(piece)}${value}`;
  });
  return sql<boolean>`${sql.join(pieces, sql.raw(''))}`;
}
