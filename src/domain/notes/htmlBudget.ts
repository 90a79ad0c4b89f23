import { blockTags, htmlTokens, plainTextOf } from './htmlTokens.ts';

/** Longer HTML is not parsed as a document. In UTF-16 units, without embedded images, which are one attribute each. */
const maxLength = 500_000;
const embeddedPicture = /data:image\/[a-z+.-]{1,40};base64,[a-z\d+/=]*/gi;
/** Steps that an HTML parser may take: about a tenth of a second. */
const maxSteps = 100_000;

/**
 * Elements that the parser reopens in every block until they are closed (HTML, "reconstruct the active formatting
 * elements").
 */
const formatting = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '));
const reopening = new Set([...blockTags].filter((name) => name !== 'br' && name !== 'hr'));

/**
 * Whether HTML can be parsed as a document without a noticeable delay. The parser's steps grow with the tags times the
 * open elements: an unmatched end tag searches all of them, a block reopens its formatting.
 */
export function isWithinBudget(html: string): boolean {
  if (html.length > maxLength && html.replace(embeddedPicture, '').length > maxLength) return false;
  const open = new Map<string, number>();
  let openFormatting = 0;
  let steps = 0;
  for (const { kind, name, isClosing } of htmlTokens(html)) {
    if (kind !== 'tag') continue;
    const count = open.get(name) ?? 0;
    const isUnopened = isClosing && count === 0;
    steps += 1 + (reopening.has(name) || isUnopened ? openFormatting : 0);
    if (steps > maxSteps) return false;
    if (isUnopened) continue;
    open.set(name, count + (isClosing ? -1 : 1));
    if (formatting.has(name)) openFormatting += isClosing ? -1 : 1;
  }
  return true;
}

/** The text of HTML beyond the budget, as simple HTML: one paragraph a line. */
export function textParagraphs(html: string): string {
  return plainTextOf(html)
    .split('\n')
    .map((line) => `<p>${line === '' ? '<br>' : escaped(line)}</p>`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
