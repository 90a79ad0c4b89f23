import { isWithinBudget, textParagraphs } from '../../domain/notes/htmlBudget.ts';
import { parseInertDocument } from '../html/inertHtml.ts';
import { sanitizeHtml } from '../html/sanitizeHtml.ts';

/** Removes unsafe HTML and the markup of Word and Outlook around the text from clipboard content. */
export function cleanPastedHtml(html: string): string {
  if (!isWithinBudget(html)) return textParagraphs(html);
  const page = parseInertDocument(html);
  for (const element of page.querySelectorAll('style, script, meta, link, xml, title')) element.remove();
  // The bullets or numbers that Word writes as text.
  const markers = new Map<Element, string>();
  for (const paragraph of page.querySelectorAll('p')) {
    if (!isListed(paragraph)) continue;
    const drawn = [...paragraph.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
    markers.set(paragraph, drawn?.textContent.trim() ?? '');
    drawn?.remove();
  }
  for (const paragraph of markers.keys())
    if (!markers.has(paragraph.previousElementSibling ?? page.body)) nest(paragraph, markers);
  return sanitizeHtml(page.body.innerHTML).html;
}

const styleOf = (element: Element) => element.getAttribute('style') ?? '';
const isListed = (element: Element) => /mso-list:\s*l\d/i.test(styleOf(element));
const levelOf = (element: Element) => Number(/level(\d)/i.exec(styleOf(element))?.[1] ?? 1);

/** Converts Word's paragraphs with levels to nested lists, from the first of them on. */
function nest(first: Element, markers: ReadonlyMap<Element, string>) {
  const page = first.ownerDocument;
  const open: { level: number; list: Element }[] = [];
  const start = page.createElement('div');
  first.before(start);
  for (let at: Element | null = first; at !== null && markers.has(at);) {
    const next: Element | null = at.nextElementSibling;
    const level = levelOf(at);
    while ((open.at(-1)?.level ?? 0) > level) open.pop();
    const last = open.at(-1);
    if (last === undefined || last.level < level) {
      const list = page.createElement(/^[\da-z]{1,3}[.)]/i.test(markers.get(at) ?? '') ? 'ol' : 'ul');
      (last?.list.lastElementChild ?? start).append(list);
      open.push({ level, list });
    }
    const item = page.createElement('li');
    item.append(...at.childNodes);
    open.at(-1)?.list.append(item);
    at.remove();
    at = next;
  }
}
