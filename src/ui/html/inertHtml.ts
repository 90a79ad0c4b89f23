import { isWithinBudget, textParagraphs } from '../../domain/notes/htmlBudget.ts';
import { htmlTokens } from '../../domain/notes/htmlTokens.ts';

/**
 * Parses untrusted HTML for reading; nothing in it runs or loads. Never insert it into the page. What a browser reports as
 * a violation of the page's content policy is not in it: style attributes are named `data-style`. HTML beyond the parsing
 * budget becomes its text.
 */
export function parseInertBody(html: string): HTMLElement {
  return parseInertDocument(isWithinBudget(html) ? withoutStyles(html) : textParagraphs(html)).body;
}

/** Inert: nothing in it runs or loads. The caller has checked the parsing budget. */
export function parseInertDocument(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function withoutStyles(html: string): string {
  const pieces: string[] = [];
  let isStyleSheet = false;
  for (const { kind, name, isClosing, from, to } of htmlTokens(html)) {
    if (kind === 'tag' && name === 'style') isStyleSheet = !isClosing;
    else if (!isStyleSheet && name !== 'base') {
      const piece = html.slice(from, to);
      const isOpening = kind === 'tag' && !isClosing;
      pieces.push(isOpening ? piece.replaceAll(/([\s"'/])(style|on[a-z]+)(\s*=)/gi, '$1data-$2$3') : piece);
    }
  }
  return pieces.join('');
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
