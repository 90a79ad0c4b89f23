import { parseChecklist, checkedBox, uncheckedBox } from './checklistParser.ts';
import type { ChecklistLine, TextSpan } from './htmlLines.ts';
import { htmlTokens } from './htmlTokens.ts';
import type { TaskBody } from '../task/task.ts';

/* Edits of a checklist. Everything outside the edited lines stays byte for byte. An index out of range changes nothing.

/** A body divided into the notes and the checklist at its end; concatenated, the parts are the content. */
export type NotesSplit = { notes: string; between: string; list: string };

/** Checks or unchecks a line. */
export function withItemChecked(body: TaskBody, index: number, isDone: boolean): TaskBody {
  const line = parseChecklist(body)[index];
  return line === undefined ? body : spliced(body, line.mark, isDone ? checkedBox : uncheckedBox);
}

/** Replaces the text of a line. Tags around the text stay; text inside further tags is removed. */
export function withItemText(body: TaskBody, index: number, text: string): TaskBody {
  const line = parseChecklist(body)[index];
  return line === undefined || line.text === text ? body : withText(body, line, line.isDone, text);
}

/** Inserts lines after one of them; for null, after the last line or at the end of the body. */
export function withItemsAdded(body: TaskBody, after: number | null, texts: readonly string[]): TaskBody {
  const lines = parseChecklist(body);
  const line = after === null ? lines.at(-1) : lines[after];
  const items = texts.map((text) => `${uncheckedBox} ${escaped(body, oneLine(text))}`);
  if (texts.length === 0) return body;
  if (line === undefined) return appended(body, items);
  if (line.tag !== null) {
    const { tag, unit } = line;
    return spliced(body, at(unit.to), items.map((word) => `<${tag}>${word}</${tag}>`).join(''));
  }
  const indent = body.contentType === 'text' ? body.content.slice(line.line.from, line.mark.from) : '';
  return spliced(body, at(line.line.to), items.map((word) => lineBreak(body) + indent + word).join(''));
}

/** Removes a line, and the list when it was the only one. */
export function withItemRemoved(body: TaskBody, index: number): TaskBody {
  const line = parseChecklist(body)[index];
  if (line === undefined) return body;
  const { from, to } = line.unit;
  if (body.contentType === 'html') return spliced(body, listAround(body.content, line), '');
  // Nothing follows the last line: remove the line break before it instead.
  const isLast = to === line.line.to;
  const lineBefore = isLast ? /(?:\r\n|\r|\n)$/.exec(body.content.slice(0, from)) : null;
  return spliced(body, { from: from - (lineBefore?.[0].length ?? 0), to }, '');
}

/** Moves a line to the index of another; the lines between shift. */
export function withItemMoved(body: TaskBody, from: number, to: number): TaskBody {
  const lines = parseChecklist(body);
  const moved = lines[from];
  if (moved === undefined || lines[to] === undefined || from === to) return body;
  const order = lines.toSpliced(from, 1).toSpliced(to, 0, moved);
  const raw = ({ line }: ChecklistLine) => body.content.slice(line.from, line.to);
  const isWhole = body.contentType === 'text' || lines.every((line) => isBalanced(raw(line)));
  return replaced(
    body,
    lines.flatMap((slot, at) => {
      const next = order[at];
      if (next === undefined || next === slot) return [];
      return isWhole ? [{ span: slot.line, text: raw(next) }] : textReplacements(body, slot, next.isDone, next.text);
    }),
  );
}

/** Divides a body whose checklist is at its end; any other body is all notes. */
export function splitNotes(body: TaskBody): NotesSplit {
  const { content, contentType } = body;
  const lines = parseChecklist(body);
  const [first] = lines;
  const start =
    first === undefined ? null : contentType === 'text' ? textStart(content, lines) : listStart(content, lines);
  if (start === null) return { notes: content, between: '', list: '' };
  const before = content.slice(0, start);
  const [between = ''] = contentType === 'text' ? (/(?:\r\n|\r|\n)?$/.exec(before) ?? []) : [];
  return { notes: before.slice(0, before.length - between.length), between, list: content.slice(start) };
}

/** The content with the notes before its checklist replaced. */
export function withNotesReplaced(body: TaskBody, notes: string): string {
  const { between, list } = splitNotes(body);
  if (list === '') return notes;
  const isText = body.contentType === 'text';
  return isText && notes !== '' ? notes + (between || lineBreak(body)) + list : notes + list;
}

function textStart(content: string, lines: readonly ChecklistLine[]): number | null {
  const isClosed = lines.every((line, at) => (lines[at + 1]?.unit.from ?? line.unit.to) === line.unit.to);
  const rest = content.slice(lines.at(-1)?.unit.to);
  return isClosed && rest.trim() === '' ? (lines[0]?.unit.from ?? null) : null;
}

function listStart(content: string, lines: readonly ChecklistLine[]): number | null {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return null;
  const isClosed = lines.every(
    ({ tag, unit }, at) => tag === 'li' && content.slice(unit.to, lines[at + 1]?.unit.from ?? unit.to).trim() === '',
  );
  const [list, name = ''] = /<(ul|ol)\b[^<>]*>\s*$/i.exec(content.slice(0, first.unit.from)) ?? [];
  const rest = content.slice(last.unit.to).trim().toLowerCase();
  const tail = rest.slice(`</${name}>`.length);
  const isEnd = rest.startsWith(`</${name.toLowerCase()}>`) && tail.replaceAll(/<\/(?:body|html)>/g, '').trim() === '';
  if (list === undefined || !isClosed || !isEnd) return null;
  return first.unit.from - list.length;
}

function withText(body: TaskBody, line: ChecklistLine, isDone: boolean, text: string): TaskBody {
  return replaced(body, textReplacements(body, line, isDone, text));
}

/** Replacements that set the text of a line: its first run takes the new text, its other runs are emptied. */
function textReplacements(body: TaskBody, { mark, runs }: ChecklistLine, isDone: boolean, text: string): Replacement[] {
  const item = `${isDone ? checkedBox : uncheckedBox} ${escaped(body, oneLine(text))}`;
  return runs.map((span) => ({ span, text: span.from === mark.from ? item : '' }));
}

/** The span to remove with a line: the whole list when the line is its only item. */
function listAround(html: string, { tag, unit }: ChecklistLine): TextSpan {
  const [before] = /<(?:ul|ol)\b[^<>]*>\s*$/i.exec(html.slice(0, unit.from)) ?? [];
  const [after] = /^\s*<\/(?:ul|ol)>/i.exec(html.slice(unit.to)) ?? [];
  if (tag !== 'li' || before === undefined || after === undefined) return unit;
  return { from: unit.from - before.length, to: unit.to + after.length };
}

function appended(body: TaskBody, items: readonly string[]): TaskBody {
  const { content } = body;
  if (body.contentType === 'html') {
    return spliced(body, at(endOfBody(content)), `<ul>${items.map((word) => `<li>${word}</li>`).join('')}</ul>`);
  }
  const gap = content === '' || /[\r\n]$/.test(content) ? '' : lineBreak(body);
  return spliced(body, at(content.length), gap + items.join(lineBreak(body)));
}

/** Where the closing tags of the document begin, with the whitespace before them; the end when there are none. */
function endOfBody(html: string): number {
  let end = html.length;
  for (;;) {
    const before = html.slice(0, end).trimEnd();
    const [tag] = /<\/(?:body|html)>$/i.exec(before.slice(-7)) ?? [];
    if (tag === undefined) return end === html.length ? end : before.length;
    end = before.length - tag.length;
  }
}

/** The line break that the body uses already. */
function lineBreak({ contentType, content }: TaskBody): string {
  return contentType === 'html' ? '<br>' : (/\r\n|\r|\n/.exec(content)?.[0] ?? '\n');
}

function escaped({ contentType }: TaskBody, text: string): string {
  return contentType === 'html' ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const at = (place: number): TextSpan => ({ from: place, to: place });

function spliced(body: TaskBody, { from, to }: TextSpan, text: string): TaskBody {
  return { ...body, content: body.content.slice(0, from) + text + body.content.slice(to) };
}

type Replacement = { span: TextSpan; text: string };

/** Replaces spans, which must be in order. The pieces are joined once, because a list may have thousands of lines. */
function replaced(body: TaskBody, replacements: readonly Replacement[]): TaskBody {
  const pieces: string[] = [];
  let from = 0;
  for (const { span, text } of replacements) {
    pieces.push(body.content.slice(from, span.from), text);
    from = span.to;
  }
  return { ...body, content: pieces.join('') + body.content.slice(from) };
}

/** Whether every tag opened in a piece of HTML is also closed in it. */
function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const { kind, name, isClosing } of htmlTokens(html)) {
    if (kind !== 'tag' || ['img', 'wbr', 'input'].includes(name)) continue;
    if (!isClosing) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}
