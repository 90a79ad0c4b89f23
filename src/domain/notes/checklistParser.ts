import { htmlLines } from './htmlLines.ts';
import type { ChecklistLine } from './htmlLines.ts';
import type { TaskBody } from '../task/task.ts';

/**
 * Checklists live in the body, as lines or list items that begin with `☐ ` or `☑ `, so that Outlook shows them too
 * (docs/decisions/0033-notes-checklists-categories.md). This reads them; checklistEdit.ts changes them.
 */

export const uncheckedBox = '☐';
export const checkedBox = '☑';

/** A longer body is looked at as text alone: lists of tasks ask this of every row. */
const longest = 500_000;
const anyBox = /[☐☑]|&#(?:974[45]|x261[01]);/i;

const read = new WeakMap<TaskBody, readonly ChecklistLine[]>();

/** The lines with a box, in their order. Remembered for each body, which several places ask while it is shown. */
export function parseChecklist(body: TaskBody): readonly ChecklistLine[] {
  const before = read.get(body);
  if (before !== undefined) return before;
  const lines = linesIn(body);
  read.set(body, lines);
  return lines;
}

function linesIn({ contentType, content }: TaskBody): readonly ChecklistLine[] {
  if (content.length > longest || !anyBox.test(content)) return [];
  return contentType === 'html' ? htmlLines(content) : textLines(content);
}

const known = new WeakMap<TaskBody, ChecklistProgress | null>();

export type ChecklistProgress = { done: number; total: number };

/** How many are ticked; null without a checklist. Remembered for each body, for lists ask again and again. */
export function checklistProgress(body: TaskBody): ChecklistProgress | null {
  const before = known.get(body);
  if (before !== undefined) return before;
  const lines = parseChecklist(body);
  const progress =
    lines.length === 0 ? null : { done: lines.filter(({ isDone }) => isDone).length, total: lines.length };
  known.set(body, progress);
  return progress;
}

function textLines(content: string): readonly ChecklistLine[] {
  const found: ChecklistLine[] = [];
  for (const { 0: whole, 1: words = '', index } of content.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)) {
    const [, indent = '', box, rest = ''] = /^([ \t\u00a0]*)([☐☑])(?:[ \t\u00a0](.*))?$/.exec(words) ?? [];
    if (box === undefined) continue;
    const mark = { from: index + indent.length, to: index + indent.length + 1 };
    const line = { from: index, to: index + words.length };
    found.push({
      isDone: box === checkedBox,
      text: rest.trim(),
      mark,
      line,
      unit: { from: index, to: index + whole.length },
      tag: null,
      runs: [{ from: mark.from, to: line.to }],
    });
  }
  return found;
}
