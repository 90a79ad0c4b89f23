import { DOMParser as DocParser, DOMSerializer } from 'prosemirror-model';
import type { Node } from 'prosemirror-model';
import type { TaskBody } from '../../domain/task/task.ts';
import { isWithinBudget } from '../../domain/notes/htmlBudget.ts';
import { htmlTokens } from '../../domain/notes/htmlTokens.ts';
import { parseInertBody, parseInertDocument } from '../html/inertHtml.ts';
import { sanitizeHtml } from '../html/sanitizeHtml.ts';
import { nameStyles, separateCells, styleOf } from './plainMarkup.ts';
import { richTextSchema } from './richTextSchema.ts';

/** Converts untrusted HTML to a document with editable content only. */
export function parseEditorHtml(html: string): Node {
  const source = parseInertBody(html);
  nameStyles(source);
  separateCells(source);
  const { body } = parseInertDocument(sanitizeHtml(source.innerHTML).html);
  // The last line break of a block only gives it its height, which the editor adds itself.
  for (const end of body.querySelectorAll('br:last-child')) if (end.nextSibling === null) end.remove();
  return DocParser.fromSchema(richTextSchema).parse(body);
}

/** The document of a text: a paragraph for each line. */
export function parseEditorText(text: string): Node {
  const { doc, paragraph } = richTextSchema.nodes;
  const lines = text.split(/\r\n|\r|\n/);
  return doc.create(
    null,
    lines.map((line) => paragraph.create(null, line === '' ? [] : richTextSchema.text(line))),
  );
}

export const parseEditorBody = ({ contentType, content }: TaskBody): Node =>
  contentType === 'text' ? parseEditorText(content) : parseEditorHtml(content);

/** The text of a document without formatting. The inverse of `parseEditorText` for texts with this line break. */
export function serializeEditorText(doc: Node, lineBreak: string): string {
  const lines: string[] = [];
  doc.forEach((block) => lines.push(textOfBlock(block)));
  return (lineBreak === '\n' ? lines : lines.map((line) => line.replaceAll('\n', lineBreak))).join(lineBreak);
}

const textOfBlock = (block: Node): string =>
  block.textBetween(0, block.content.size, undefined, (leaf) => (leaf.type.name === 'lineBreak' ? '\n' : ''));

const plainBlocks = new WeakMap<Node, boolean>();

/** Whether nothing is formatted: paragraphs, in which at most addresses are links to themselves. */
export function isPlainDocument(doc: Node): boolean {
  for (let at = 0; at < doc.childCount; at += 1) {
    const block = doc.child(at);
    const isPlain = plainBlocks.get(block) ?? isPlainBlock(block);
    plainBlocks.set(block, isPlain);
    if (!isPlain) return false;
  }
  return true;
}

function isPlainBlock(block: Node): boolean {
  return (
    block.type === richTextSchema.nodes.paragraph &&
    block.children.every(({ marks, text }) =>
      marks.every(({ type, attrs }) => type === richTextSchema.marks.link && attrs['href'] === text),
    )
  );
}

/** Whether the document is one empty paragraph. */
export function isBlankDocument(doc: Node): boolean {
  return doc.childCount === 1 && doc.firstChild?.type === richTextSchema.nodes.paragraph && doc.content.size === 2;
}

const htmlCache = new WeakMap<Node, string>();

/** Caches blocks: typing into a long text serializes only the block that changed. */
export function serializeEditorHtml(doc: Node): string {
  if (isBlankDocument(doc)) return '';
  const blocks: string[] = [];
  doc.forEach((block) => {
    const html = htmlCache.get(block) ?? htmlOfBlock(block);
    htmlCache.set(block, html);
    blocks.push(html);
  });
  return blocks.join('');
}

function htmlOfBlock(block: Node): string {
  const { body } = parseInertDocument('');
  body.append(DOMSerializer.fromSchema(richTextSchema).serializeNode(block, { document: body.ownerDocument }));
  // A list item of one paragraph is written without the paragraph: Outlook writes lists and reads checklists this way.
  for (const item of body.querySelectorAll('li')) {
    const [first, ...others] = item.children;
    if (first?.tagName === 'P' && others.every(({ tagName }) => tagName === 'UL' || tagName === 'OL')) {
      first.replaceWith(...first.childNodes);
    }
  }
  // Other programs draw empty paragraphs without height.
  for (const empty of body.querySelectorAll('p:empty')) empty.append(body.ownerDocument.createElement('br'));
  return body.innerHTML;
}

/** The HTML without anything that cannot be edited. */
export const simplifyHtml = (html: string): string => serializeEditorHtml(parseEditorHtml(html));

/** The text of HTML, one line a block. */
export function editorHtmlToText(html: string): string {
  const lines: string[] = [];
  parseEditorHtml(html).descendants((node, _, parent, index) => {
    if (!node.isTextblock) return true;
    const text = textOfBlock(node);
    const isItem = parent?.type.name === 'item' && index === 0;
    lines.push(isItem && !/^[☐☑]/.test(text) ? `- ${text}` : text);
    return false;
  });
  return lines.join('\n');
}

const box = /^[ \t\u00a0]*([☐☑])(?:[ \t\u00a0](.*))?$/;

/** Converts text to equivalent HTML, with its checklist as a list. */
export function textToHtml(text: string): string {
  const page = parseInertDocument('');
  const { body } = page;
  for (const line of text === '' ? [] : text.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/)) {
    const [, mark, words = ''] = box.exec(line) ?? [];
    const element = page.createElement(mark === undefined ? 'p' : 'li');
    element.textContent = mark === undefined ? line : `${mark} ${words}`;
    if (line === '') element.append(page.createElement('br'));
    const last = body.lastElementChild;
    if (mark === undefined) body.append(element);
    else if (last?.tagName === 'UL') last.append(element);
    else {
      const list = page.createElement('ul');
      list.append(element);
      body.append(list);
    }
  }
  return body.innerHTML;
}

/** The kinds of formatting that editing would remove. */
export type FormattingLoss = 'tables' | 'pictures' | 'looks' | 'other';

const kept = new Set(
  'html head meta title body p div span br b strong i em u ins s strike del a ul ol li h1 h2 h3 h4 h5 h6 blockquote hr o:p center'.split(
    ' ',
  ),
);
const looks = /^(?:color|background[\w-]*|font(?:-size|-family)?|text-align|border[\w-]*|width|height)$/i;

const propertiesIn = (style: string) => style.split(';').map((one) => (one.split(':', 1)[0] ?? '').trim());

/** The formatting of a body that the editor does not support; empty for one that can be edited without loss. */
export function findFormattingLosses(html: string): ReadonlySet<FormattingLoss> {
  const losses = new Set<FormattingLoss>();
  if (!isWithinBudget(html)) return new Set(['other']);
  for (const { kind, name } of htmlTokens(html)) if (kind === 'tag' && name === 'style') losses.add('looks');
  for (const element of parseInertBody(html).querySelectorAll('*')) {
    const tag = element.tagName.toLowerCase();
    if (tag === 'img') losses.add('pictures');
    else if (tag === 'table' || element.closest('table') !== null) losses.add('tables');
    else if (tag === 'font') losses.add('looks');
    else if (!kept.has(tag)) losses.add('other');
    if (/display:\s*none/i.test(styleOf(element))) losses.add('other');
    if (propertiesIn(styleOf(element)).some((name) => looks.test(name))) losses.add('looks');
    if (['align', 'bgcolor', 'color'].some((name) => element.hasAttribute(name))) losses.add('looks');
  }
  return losses;
}
