import { hash } from 'node:crypto';
import { readHtmlEvents } from './htmlEvents.ts';

/** Converts bodies between text and HTML, for `Prefer: outlook.body-content-type` and for search. */

/** Elements that begin on a new line. */
const blocks = new Set(
  'address article aside blockquote body dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** Elements whose content is not displayed. */
const hiddenTags = new Set([
  'head',
  'script',
  'style',
  'template',
  'title',
  'noscript',
  'svg',
  'math',
  'object',
  'iframe',
]);
/** Blocks with an empty line around them. */
const paragraphs = new Set(['p', 'blockquote', 'ul', 'ol', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** A longer URL is neither compared with the text of its link nor written after it. In UTF-16 units. */
const longestAddress = 2_000;

const longBody = 50_000;
const mostKept = 16;
const keptTexts = new Map<string, string>();

/** A memoised `htmlToText`: the texts of long bodies are cached, because clients read the same body repeatedly. */
export function memoizedHtmlToText(html: string): string {
  if (html.length < longBody) return htmlToText(html);
  const key = hash('sha256', html, 'base64url');
  const text = keptTexts.get(key) ?? htmlToText(html);
  keptTexts.delete(key);
  keptTexts.set(key, text);
  const [oldest] = keptTexts.keys();
  if (keptTexts.size > mostKept && oldest !== undefined) keptTexts.delete(oldest);
  return text;
}

/**
 * The visible text of an HTML body: blocks on separate lines, an empty line between paragraphs, a dash before list
 * items, the URL after a link.
 */
export function htmlToText(html: string): string {
  const page = createPage();
  let hidden = 0;
  const links: { text: string; href: string }[] = [];

  readHtmlEvents(html, {
    open(name, { href = '', alt = '' }) {
      if (hiddenTags.has(name)) hidden += 1;
      if (hidden > 0) return;
      if (name === 'br') page.endLine();
      if (blocks.has(name)) page.startBlock(paragraphs.has(name));
      if (name === 'pre') page.keepSpaces(1);
      if (name === 'li') page.add('- ');
      if (name === 'img') page.add(alt);
      if (name === 'a') links.push({ text: '', href });
    },
    text(piece) {
      if (hidden > 0) return;
      page.add(piece);
      const link = links.at(-1);
      if (link !== undefined && link.text.length < longestAddress) link.text += piece.slice(0, longestAddress);
    },
    close(name) {
      if (hiddenTags.has(name)) {
        hidden -= 1;
      } else if (hidden === 0) {
        if (name === 'pre') page.keepSpaces(-1);
        if (name === 'td' || name === 'th') page.add('\t', true);
        const link = name === 'a' ? links.pop() : undefined;
        if (link !== undefined && isWorthShowing(link)) page.add(` <${link.href}>`);
        if (blocks.has(name)) page.startBlock(paragraphs.has(name));
      }
    },
  });
  return page.text();
}

function isWorthShowing({ text, href }: { text: string; href: string }): boolean {
  const isShown = href.length <= longestAddress && /^(https?|mailto|tel):/i.test(href);
  return isShown && !text.includes(href.replace(/^(mailto|tel):/i, ''));
}

/** The lines written so far. Written lines are not read again, so that the time is linear. */
function createPage() {
  const lines: string[] = [];
  let pieces: string[] = [];
  let isSpaceDue = false;
  let isBlank = true;
  let kept = 0;

  function endLine(): void {
    lines.push(pieces.join(''));
    pieces = [];
    isSpaceDue = false;
    isBlank = true;
  }

  return {
    endLine,
    startBlock(isParagraph: boolean): void {
      if (!isBlank) endLine();
      if (isParagraph && lines.length > 0 && lines.at(-1) !== '') lines.push('');
    },
    keepSpaces(change: 1 | -1): void {
      kept = Math.max(0, kept + change);
    },
    add(piece: string, asItIs = kept > 0): void {
      if (piece === '') return;
      if (asItIs) {
        pieces.push(piece);
        isBlank &&= piece.trim() === '';
        return;
      }
      const words = piece.split(/[ \t\r\n\f]+/);
      for (const [at, word] of words.entries()) {
        if (at > 0) isSpaceDue = true;
        if (word === '') continue;
        pieces.push(isSpaceDue && !isBlank ? ` ${word}` : word);
        isSpaceDue = false;
        isBlank = false;
      }
    },
    text(): string {
      if (!isBlank) endLine();
      // A non-breaking space is a space in plain text.
      const trimmed = lines.map((one) => one.replaceAll('\u00a0', ' ').trimEnd());
      return trimmed.join('\n').trim();
    },
  };
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (one) => escapes[one] ?? one);
}

/** Plain text as HTML that looks the same. */
export function textToHtml(text: string): string {
  return escapeHtml(text).replaceAll(/\r?\n/g, '<br>\n');
}
