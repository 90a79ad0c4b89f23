import { htmlLines } from './htmlLines.ts';
import type { ChecklistLine } from './htmlLines.ts';
import type { TaskBody } from '../task/task.ts';

/**
 * Checklists are stored in the body as lines or list items that begin with `☐ ` or `☑ `, so that Outlook shows them too
 * (docs/decisions/0033-notes-checklists-categories.md). This file reads them; checklistEdit.ts changes them.
 */

export const uncheckedBox = '☐';
export const checkedBox = '☑';

/** A longer body is not searched for a checklist: task lists parse the body of every row. In UTF-16 units. */
const maxLength = 500_000;
const anyBox = /[☐☑]|&#(?:974[45]|x261[01]);/i;

const read = new WeakMap<TaskBody, readonly ChecklistLine[]>();

/** The checklist lines in order. Memoised by body, because several components ask for it. */
export function parseChecklist(body: TaskBody): readonly ChecklistLine[] {
  const before = read.get(body);
  if (before !== undefined) return before;
  const lines = linesIn(body);
  read.set(body, lines);
  return lines;
}

function linesIn({ contentType, content }: TaskBody): readonly ChecklistLine[] {
  if (content.length > maxLength || !anyBox.test(content)) return [];
  return contentType === 'html' ? htmlLines(content) : textLines(content);
}

const progressCache = new WeakMap<TaskBody, ChecklistProgress | null>();

export type ChecklistProgress = { done: number; total: number };

/**
 * Number of checked and of all lines; null without a checklist. Memoised by body, because task lists ask repeatedly.
 */
export function checklistProgress(body: TaskBody): ChecklistProgress | null {
  const before = progressCache.get(body);
  if (before !== undefined) return before;
  const lines = parseChecklist(body);
  const progress =
    lines.length === 0 ? null : { done: lines.filter(({ isDone }) => isDone).length, total: lines.length };
  progressCache.set(body, progress);
  return progress;
}

function textLines(content: string): readonly ChecklistLine[] {
  const lines: ChecklistLine[] = [];
  for (const { 0: whole, 1: words = '', index } of content.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)) {
    const [, indent = '', box, rest = ''] = /^([ \t\u00a0]*)([☐☑])(?:[ \t\u00a0](.*))?$/.exec(words) ?? [];
    if (box === undefined) continue;
    const mark = { from: index + indent.length, to: index + indent.length + 1 };
    const line = { from: index, to: index + words.length };
    lines.push({
      isDone: box === checkedBox,
      text: rest.trim(),
      mark,
      line,
      unit: { from: index, to: index + whole.length },
      tag: null,
      runs: [{ from: mark.from, to: line.to }],
    });
  }
  return lines;
}
