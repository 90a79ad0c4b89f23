/*
 * Splits HTML into tags, comments and text without a document, in linear time: each `<` is scanned up to the next `<`
 * outside quotes, so every character is read at most three times.
 */

export type HtmlToken = {
  kind: 'tag' | 'comment' | 'text';
  /** Lower-case name of a tag; empty for other tokens. */
  name: string;
  isClosing: boolean;
  /** The range of the token in UTF-16 units. */
  from: number;
  to: number;
};

/** Elements that begin and end a line. */
export const blockTags: ReadonlySet<string> = new Set(
  'address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Elements whose content is not text of the body. */
export const rawTags: ReadonlySet<string> = new Set(
  'script style title textarea noscript template xmp iframe'.split(' '),
);

/** The tokens of a text in order; a `<` that begins neither a tag nor a comment is text. */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let textFrom = 0;
  for (let at = html.indexOf('<'); at >= 0;) {
    const token = html.startsWith('<!--', at) ? commentAt(html, at) : tagAt(html, at);
    if (token === null) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    if (textFrom < at) yield textOf(textFrom, at);
    yield token;
    textFrom = token.to;
    at = html.indexOf('<', token.to);
  }
  if (textFrom < html.length) yield textOf(textFrom, html.length);
}

function textOf(from: number, to: number): HtmlToken {
  return { kind: 'text', name: '', isClosing: false, from, to };
}

/** An unclosed comment hides the rest. */
function commentAt(html: string, from: number): HtmlToken {
  const end = html.indexOf('-->', from + 4);
  return { kind: 'comment', name: '', isClosing: false, from, to: end < 0 ? html.length : end + 3 };
}

function tagAt(html: string, from: number): HtmlToken | null {
  const isClosing = html.charAt(from + 1) === '/';
  const nameFrom = from + (isClosing ? 2 : 1);
  if (!/[a-z]/i.test(html.charAt(nameFrom))) return null;
  let nameTo = 0;
  let quote = '';
  for (let at = nameFrom; at < html.length; at += 1) {
    const character = html.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
      continue;
    }
    if (nameTo === 0 && /[\s/>"']/.test(character)) nameTo = at;
    if (character === '<') return null;
    if (character === '"' || character === "'") quote = character;
    if (character === '>') {
      return { kind: 'tag', name: html.slice(nameFrom, nameTo).toLowerCase(), isClosing, from, to: at + 1 };
    }
  }
  return null;
}

/** The entities that HTML needs for its own characters, and the non-breaking space; others are shown as written. */
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Decodes the entities of a piece of HTML text. */
export function readEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return entities[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}

/** The plain text of HTML beyond the parsing budget: one line a block, without formatting. */
export function plainTextOf(html: string): string {
  let text = '';
  let skipping: string | null = null;
  for (const { kind, name, isClosing, from, to } of htmlTokens(html)) {
    if (skipping !== null) {
      if (isClosing && name === skipping) skipping = null;
      continue;
    }
    if (kind === 'text') text += readEntities(html.slice(from, to)).replaceAll(/\s+/g, ' ');
    else if (kind === 'tag' && rawTags.has(name) && !isClosing) skipping = name;
    else if (kind === 'tag' && blockTags.has(name)) text += '\n';
  }
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line, at) => line !== '' || (at > 0 && lines[at - 1] !== ''))
    .join('\n')
    .trim();
}
