import { beginsWithBox, parseInertBody } from './inertHtml.ts';

const blocks = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY DD DIV DL DT FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER LI OL P PRE SECTION TABLE TR UL'.split(
    ' ',
  ),
);
const unread = new Set(['SCRIPT', 'STYLE', 'TITLE', 'TEMPLATE', 'NOSCRIPT', 'IFRAME']);

/** The text of untrusted HTML, one line a block, list items with a dash. Nothing in it runs, loads or is displayed. */
export function htmlToText(html: string): string {
  const lines: string[] = [''];
  const add = (text: string) => (lines[lines.length - 1] += text);
  const breakLine = () => {
    if (lines.at(-1)?.trim() !== '') lines.push('');
  };
  function walk(node: Node): void {
    if (node.nodeType === Node.TEXT_NODE) {
      add((node.nodeValue ?? '').replaceAll(/[\t\n\r ]+/g, ' '));
      return;
    }
    const name = node.nodeName;
    if (unread.has(name)) return;
    if (name === 'BR') {
      lines.push('');
      return;
    }
    const isBlock = blocks.has(name);
    if (isBlock) breakLine();
    if (name === 'LI' && !beginsWithBox(node)) add('- ');
    for (const child of node.childNodes) walk(child);
    if (name === 'TD' || name === 'TH') add('\t');
    if (isBlock) breakLine();
  }
  walk(parseInertBody(html));
  return lines
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
