/** Markup that is safe to send: interpolated text is escaped. */
export type Html = { readonly html: string };

type Piece = Html | string | number | false | null | undefined | readonly Piece[];

/**
 * Builds markup. Interpolated values are escaped unless they are `Html`; `undefined`, `false` and `null` give nothing.
 */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { html: texts.reduce((whole, text, index) => whole + render(pieces[index - 1]) + text) };
}

function render(piece: Piece): string {
  if (piece === undefined || piece === null || piece === false) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
  if ('html' in piece) return piece.html;
  return piece.map(render).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
