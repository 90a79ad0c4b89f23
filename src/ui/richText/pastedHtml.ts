import { isWithinBudget, textParagraphs } from '../../domain/notes/htmlBudget.ts';
import { parseInertBody } from '../html/inertHtml.ts';
import { sanitizeHtml } from '../html/sanitizeHtml.ts';
import { nameStyles, separateCells, styleOf } from './plainMarkup.ts';

export type PastedHtml = {
  html: string;
  /** Images that the HTML contains, as `data:` URLs. */
  images: readonly string[];
  /** Images of the program that was copied from, which a page cannot read. */
  missingImages: number;
};

/** Removes unsafe HTML and the markup of Word and Outlook around the text from clipboard content. */
export function cleanPastedHtml(html: string): string {
  return readPastedHtml(html).html;
}

/** Clipboard content as clean HTML. Images from the web become links to them. */
export function readPastedHtml(html: string): PastedHtml {
  if (!isWithinBudget(html)) return { html: textParagraphs(html), images: [], missingImages: 0 };
  const body = parseInertBody(html);
  for (const element of body.querySelectorAll('style, script, meta, link, xml, title')) element.remove();
  // The bullets or numbers that Word writes as text.
  const markers = new Map<Element, string>();
  for (const paragraph of body.querySelectorAll('p')) {
    if (!isListed(paragraph)) continue;
    const drawn = [...paragraph.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
    markers.set(paragraph, drawn?.textContent.trim() ?? '');
    drawn?.remove();
  }
  for (const paragraph of markers.keys())
    if (!markers.has(paragraph.previousElementSibling ?? body)) nest(paragraph, markers);
  nameStyles(body);
  separateCells(body);
  const pictures = takeImages(body);
  return { html: sanitizeHtml(body.innerHTML).html, ...pictures };
}

function takeImages(body: HTMLElement): Omit<PastedHtml, 'html'> {
  const images: string[] = [];
  let missingImages = 0;
  for (const image of body.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    // A picture of one pixel tells a sender that a mail was opened, or keeps space free.
    const isTiny = ['width', 'height'].some((side) => /^[01]$/.test(image.getAttribute(side) ?? ''));
    if (/^data:image\//i.test(source)) images.push(source);
    else if (/^https?:/i.test(source) && !isTiny) {
      const words = image.getAttribute('alt')?.trim() ?? '';
      const link = body.ownerDocument.createElement(image.closest('a[href]') === null ? 'a' : 'span');
      if (link.tagName === 'A') link.setAttribute('href', source);
      link.textContent = words === '' ? source : words;
      image.before(link);
    } else if (!isTiny) missingImages += 1;
    image.remove();
  }
  return { images, missingImages };
}

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
