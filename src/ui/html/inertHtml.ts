import { isWithinBudget, textParagraphs } from '../../domain/notes/htmlBudget.ts';
import { htmlTokens } from '../../domain/notes/htmlTokens.ts';

/**
 * Parses untrusted HTML for reading; nothing in it runs or loads. Never insert it into the page. Style attributes are
 * renamed, because the browser reports each as a violation of the page's content policy. HTML beyond the parsing budget
 * becomes its text.
 */
export function parseInertBody(html: string): HTMLElement {
  return parseInertDocument(isWithinBudget(html) ? withoutStyles(html) : textParagraphs(html)).body;
}

/** Inert: nothing in it runs or loads. The caller has checked the parsing budget. */
export function parseInertDocument(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function withoutStyles(html: string): string {
  let plain = '';
  for (const { kind, isClosing, from, to } of htmlTokens(html)) {
    const piece = html.slice(from, to);
    plain += kind === 'tag' && !isClosing ? piece.replaceAll(/([\s"'/])style(\s*=)/gi, '$1data-style$2') : piece;
  }
  return plain;
}

/** Whether the text begins with a checkbox. Reads only the first text node, because list items are nested. */
export function beginsWithBox(node: Node): boolean {
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const words = (text.nodeValue ?? '').trimStart();
    if (words !== '') return words.startsWith('☐') || words.startsWith('☑');
  }
  return false;
}
