import { parseChecklist, checkedBox, uncheckedBox } from './checklistParser.ts';
import type { ChecklistLine, TextSpan } from './htmlLines.ts';
import { htmlTokens } from './htmlTokens.ts';
import type { TaskBody } from '../task/task.ts';

/* Changes of a checklist. Everything that is not the line in question stays byte for byte. An index that is not there changes nothing. */

/** The part of a body that is looked at as notes, and the checklist that stands behind it: together they are the content. */
export type NotesSplit = { notes: string; between: string; list: string };

/** Ticks a line, or takes the tick away. */
export function withItemChecked(body: TaskBody, index: number, isDone: boolean): TaskBody {
  const line = parseChecklist(body)[index];
  return line === undefined ? body : spliced(body, line.mark, isDone ? checkedBox : uncheckedBox);
}

/** Says a line anew. Tags around its words stay, tags among them lose their words. */
export function withItemText(body: TaskBody, index: number, text: string): TaskBody {
  const line = parseChecklist(body)[index];
  return line === undefined || line.text === text ? body : withText(body, line, line.isDone, text);
}

/** New lines behind one of them; behind the last, or at the end of the body, for null. */
export function withItemsAdded(body: TaskBody, after: number | null, texts: readonly string[]): TaskBody {
  const lines = parseChecklist(body);
  const line = after === null ? lines.at(-1) : lines[after];
  const words = texts.map((text) => `${uncheckedBox} ${escaped(body, oneLine(text))}`);
  if (texts.length === 0) return body;
  if (line === undefined) return appended(body, words);
  if (line.tag !== null) {
    const { tag, unit } = line;
    return spliced(body, at(unit.to), words.map((word) => `<${tag}>${word}</${tag}>`).join(''));
  }
  const indent = body.contentType === 'text' ? body.content.slice(line.line.from, line.mark.from) : '';
  return spliced(body, at(line.line.to), words.map((word) => lineBreak(body) + indent + word).join(''));
}

/** Without one line, and without the list when that was all of it. */
export function withItemRemoved(body: TaskBody, index: number): TaskBody {
  const line = parseChecklist(body)[index];
  if (line === undefined) return body;
  const { from, to } = line.unit;
  if (body.contentType === 'html') return spliced(body, listAround(body.content, line), '');
  // The last line has nothing behind it: what ends the line before goes instead.
  const isLast = to === line.line.to;
  const lineBefore = isLast ? /(?:\r\n|\r|\n)$/.exec(body.content.slice(0, from)) : null;
  return spliced(body, { from: from - (lineBefore?.[0].length ?? 0), to }, '');
}

/** One line to the place of another; those between make room. */
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
      return isWhole ? [{ span: slot.line, text: raw(next) }] : wordsFor(body, slot, next.isDone, next.text);
    }),
  );
}

/** Divides a body whose checklist is its end; one that is scattered over it is all notes. */
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

/** The content with other notes before its checklist. */
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
  return replaced(body, wordsFor(body, line, isDone, text));
}

/** Other words for a line: the first of its runs takes them, the others lose theirs. */
function wordsFor(body: TaskBody, { mark, runs }: ChecklistLine, isDone: boolean, text: string): Replacement[] {
  const words = `${isDone ? checkedBox : uncheckedBox} ${escaped(body, oneLine(text))}`;
  return runs.map((span) => ({ span, text: span.from === mark.from ? words : '' }));
}

/** A list without items has no place in a body. */
function listAround(html: string, { tag, unit }: ChecklistLine): TextSpan {
  const [before] = /<(?:ul|ol)\b[^<>]*>\s*$/i.exec(html.slice(0, unit.from)) ?? [];
  const [after] = /^\s*<\/(?:ul|ol)>/i.exec(html.slice(unit.to)) ?? [];
  if (tag !== 'li' || before === undefined || after === undefined) return unit;
  return { from: unit.from - before.length, to: unit.to + after.length };
}

function appended(body: TaskBody, words: readonly string[]): TaskBody {
  const { content } = body;
  if (body.contentType === 'html') {
    return spliced(body, at(endOfBody(content)), `<ul>${words.map((word) => `<li>${word}</li>`).join('')}</ul>`);
  }
  const gap = content === '' || /[\r\n]$/.test(content) ? '' : lineBreak(body);
  return spliced(body, at(content.length), gap + words.join(lineBreak(body)));
}

/** Where the end tags of a whole document begin, with the blanks around them; without any, the end. */
function endOfBody(html: string): number {
  let end = html.length;
  for (;;) {
    const before = html.slice(0, end).trimEnd();
    const [tag] = /<\/(?:body|html)>$/i.exec(before.slice(-7)) ?? [];
    if (tag === undefined) return end === html.length ? end : before.length;
    end = before.length - tag.length;
  }
}

/** As the body breaks its lines already. */
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

/** With other texts in place of spans that stand in their order. Pieces are joined once: a list may have thousands of lines. */
function replaced(body: TaskBody, replacements: readonly Replacement[]): TaskBody {
  const pieces: string[] = [];
  let from = 0;
  for (const { span, text } of replacements) {
    pieces.push(body.content.slice(from, span.from), text);
    from = span.to;
  }
  return { ...body, content: pieces.join('') + body.content.slice(from) };
}

/** Whether every tag that opens in a piece of HTML closes in it. */
function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const { kind, name, isClosing } of htmlTokens(html)) {
    if (kind !== 'tag' || ['img', 'wbr', 'input'].includes(name)) continue;
    if (!isClosing) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}
