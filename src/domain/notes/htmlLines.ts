/*
 * Finds lines in HTML without building a document: the domain has no DOM, and everything outside a checklist must stay
 * byte for byte. Not a sanitizer: it only finds where lines begin and end.
 */

import { blockTags, htmlTokens, rawTags, readEntities } from './htmlTokens.ts';

/** A range of a text, in UTF-16 units. */
export type TextSpan = { from: number; to: number };

export type ChecklistLine = {
  isDone: boolean;
  /** The text with entities decoded and tags removed. */
  text: string;
  /** The box: one character or an entity. */
  mark: TextSpan;
  /** The content of the line without its line break or closing tag. */
  line: TextSpan;
  /** The range that is removed with the line. */
  unit: TextSpan;
  /** The element that contains only this line; null for a line between line breaks. */
  tag: 'li' | 'p' | 'div' | null;
  /** The text runs of the line in HTML, the first one with the box; everything else in the line is tags. */
  runs: readonly TextSpan[];
};

const checkboxStart = /^((?:\s|&nbsp;|&#160;)*)(☐|☑|&#9744;|&#9745;|&#x2610;|&#x2611;)(?=\s|&nbsp;|&#160;|$)/i;
const holders = ['li', 'p', 'div'] as const;

/** The tag before a line. */
type Before = { name: string; isOpening: boolean; from: number };

/** The lines of an HTML body that begin with a checkbox. */
export function htmlLines(html: string): readonly ChecklistLine[] {
  const lines: ChecklistLine[] = [];
  let before: Before = { name: '', isOpening: false, from: 0 };
  let start = 0;
  let runs: TextSpan[] = [];
  let skipping: string | null = null;

  function end(line: TextSpan, after: { name: string; isClosing: boolean; to: number }) {
    const check = checklistLineIn(html, runs, line, before, after);
    if (check !== null) lines.push(check);
    runs = [];
  }

  for (const { kind, name, isClosing, from, to } of htmlTokens(html)) {
    if (skipping !== null) {
      if (isClosing && name === skipping) skipping = null;
      start = to;
      continue;
    }
    // A comment or raw element that is never closed hides the rest of the text, so the line ends before it.
    const isHiding =
      kind === 'comment' ? !html.slice(from, to).endsWith('-->') : kind === 'tag' && rawTags.has(name) && !isClosing;
    if (isHiding || (kind === 'tag' && blockTags.has(name))) {
      end({ from: start, to: from }, { name, isClosing, to });
      before = { name, isOpening: !isClosing, from };
      start = to;
      if (isHiding) skipping = name;
    } else if (kind === 'text') runs.push({ from, to });
  }
  end({ from: start, to: html.length }, { name: '', isClosing: false, to: html.length });
  return lines;
}

function checklistLineIn(
  html: string,
  all: readonly TextSpan[],
  line: TextSpan,
  before: Before,
  after: { name: string; isClosing: boolean; to: number },
): ChecklistLine | null {
  const runs = all.slice(all.findIndex(({ from, to }) => readEntities(html.slice(from, to)).trim() !== ''));
  const [first] = runs;
  if (first === undefined) return null;
  const [whole = '', space = '', box] = checkboxStart.exec(html.slice(first.from, first.to)) ?? [];
  if (box === undefined) return null;
  const mark = { from: first.from + space.length, to: first.from + whole.length };
  const [, ...rest] = runs;
  const spans = [{ from: mark.to, to: first.to }, ...rest];
  return {
    isDone: ['☑', '&#9745;', '&#x2611;'].includes(box.toLowerCase()),
    text: readEntities(spans.map(({ from, to }) => html.slice(from, to)).join(''))
      .replace(/\s+/g, ' ')
      .trim(),
    mark,
    line,
    runs: [{ from: mark.from, to: first.to }, ...rest],
    ...elementOf(line, before, after),
  };
}

/** The element that contains the line alone, and the range to remove with the line. */
function elementOf(
  line: TextSpan,
  before: Before,
  after: { name: string; isClosing: boolean; to: number },
): Pick<ChecklistLine, 'unit' | 'tag'> {
  const tag = holders.find((name) => before.isOpening && name === before.name) ?? null;
  const isClosed = after.isClosing && after.name === tag;
  // The end tag of a list item may be left out.
  if (tag !== null && (isClosed || tag === 'li')) {
    return { tag, unit: { from: before.from, to: isClosed ? after.to : line.to } };
  }
  if (before.name === 'br') return { tag: null, unit: { from: before.from, to: line.to } };
  return { tag: null, unit: { from: line.from, to: after.name === 'br' ? after.to : line.to } };
}
