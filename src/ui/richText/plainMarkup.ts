/* Foreign markup, in a document that `parseInertBody` made, as the elements that the editor knows. */

/** A style attribute, as `parseInertBody` names it. */
export const styleOf = (element: Element): string => element.getAttribute('data-style') ?? '';

const styledTags: readonly (readonly [tag: string, style: RegExp])[] = [
  ['b', /font-weight:\s*(?:bold|[6-9]\d\d)/i],
  ['i', /font-style:\s*italic/i],
  ['u', /text-decoration(?:-line)?:[^;]{0,99}underline/i],
  ['s', /text-decoration(?:-line)?:[^;]{0,99}line-through/i],
];

/** Writes bold, italic, underlined and struck text as elements; removes text that is not shown. */
export function nameStyles(body: HTMLElement): void {
  const page = body.ownerDocument;
  for (const element of body.querySelectorAll('[data-style]')) {
    const style = styleOf(element);
    if (/display:\s*none|mso-hide:\s*all/i.test(style)) {
      element.remove();
      continue;
    }
    // Google Docs puts a whole selection into a `b` that is not bold.
    if (element.matches('b, strong') && /font-weight:\s*(?:normal|[1-4]00)/i.test(style)) {
      element.replaceWith(...element.childNodes);
      continue;
    }
    // A link is underlined anyway.
    const tags = styledTags.filter(
      ([tag, pattern]) => pattern.test(style) && !(tag === 'u' && element.matches('a, a *')),
    );
    if (element.matches('table, tbody, thead, tr, ul, ol')) continue;
    for (const [tag] of tags) {
      const inner = page.createElement(tag);
      inner.append(...element.childNodes);
      element.append(inner);
    }
  }
}

const blocks = 'p, div, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, hr, pre';

/** Writes tables as their rows: the cells of a row on one line, or, where a cell has several lines, each on its own. */
export function separateCells(body: HTMLElement): void {
  // The innermost first: mail is laid out with tables in tables.
  for (const table of [...body.querySelectorAll('table')].toReversed()) {
    const rows = [...table.querySelectorAll(':is(caption, tr)')].map((row) => rowOf(row));
    table.replaceWith(...rows.filter((row) => row !== null));
  }
}

function rowOf(row: Element): Element | null {
  const page = row.ownerDocument;
  const cells = row.tagName === 'TR' ? [...row.children] : [row];
  const full = cells.filter(({ textContent, children }) => textContent.trim() !== '' || children.length > 0);
  for (const head of full.filter(({ tagName }) => tagName === 'TH')) {
    if (head.querySelector(blocks) !== null) continue;
    const bold = page.createElement('b');
    bold.append(...head.childNodes);
    head.append(bold);
  }
  if (full.length === 0) return null;
  if (full.length === 1 || !full.every(isOneLine)) {
    const group = page.createElement('div');
    for (const cell of full) {
      const part = page.createElement('div');
      part.append(...cell.childNodes);
      group.append(part);
    }
    return group;
  }
  const line = page.createElement('p');
  // An empty cell keeps its place: the others stay in the columns of the rows above.
  cells.forEach((cell, at) => {
    if (at > 0) line.append(' | ');
    line.append(...contentOf(cell));
  });
  return line;
}

/** Whether a cell is text, or one paragraph of it. */
function isOneLine(cell: Element): boolean {
  if (cell.querySelector('br:not(:last-child)') !== null) return false;
  const inner = cell.querySelectorAll(blocks);
  const only = cell.firstElementChild;
  if (inner.length === 0) return true;
  const isWhole = only?.matches('p, div') === true && only.textContent.trim() === cell.textContent.trim();
  return isWhole && inner.length === 1 && cell.children.length === 1;
}

/** Without a paragraph around it, and without the line breaks and spaces of its source. */
function contentOf(cell: Element): Node[] {
  const only = cell.firstElementChild;
  const from = only?.matches('p, div') === true ? only : cell;
  for (const end of from.querySelectorAll('br')) end.remove();
  from.normalize();
  const texts = [from.firstChild, from.lastChild].filter((node) => node instanceof Text);
  const [first] = texts;
  const last = texts.at(-1);
  if (first !== undefined && first === from.firstChild) first.data = first.data.trimStart();
  if (last !== undefined && last === from.lastChild) last.data = last.data.trimEnd();
  return [...from.childNodes];
}
