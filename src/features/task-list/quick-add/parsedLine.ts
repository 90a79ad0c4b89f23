import { limits } from '../../../domain/limits.ts';
import { fieldsOf, patchOf } from '../../../domain/naturalLanguage/fields.ts';
import type { Fields } from '../../../domain/naturalLanguage/fields.ts';
import type { ParsedText } from '../../../domain/naturalLanguage/meanings.ts';
import { parseText } from '../../../domain/naturalLanguage/parser.ts';
import { toDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { firstWeekday } from '../../../ui/dates/firstWeekday.ts';
import type { EnteredTask, FolderChoice } from './quickAddProps.ts';

/** What lines are parsed with. */
export type LineContext = {
  /** 'yyyy-MM-ddTHH:mm…' in the mailbox's zone. */
  now: string;
  zone: string;
  locale: string;
  folders: readonly FolderChoice[];
  categories: readonly string[];
  plainKeys: ReadonlySet<string>;
  answers: ReadonlyMap<string, number>;
};

/** A line with what its words mean, and the task that it makes. */
export type ParsedLine = ParsedText & { task: EnteredTask; fields: Fields; today: Day };

export function parseLine(line: string, context: LineContext): ParsedLine {
  const { now, zone, locale, folders, categories, plainKeys, answers } = context;
  const parsed = parseText(line, {
    now,
    locale,
    preferred: navigator.languages,
    firstDayOfWeek: firstWeekday(locale),
    folders: folders.map(({ name }) => name),
    categories,
    plainKeys,
    answers,
  });
  const fields = fieldsOf(parsed.tokens, now);
  const folder = folders.find(({ name }) => name === fields.folder);
  return {
    ...parsed,
    task: { patch: patchOf(parsed, { now, zone }), line, ...(folder === undefined ? {} : { folderId: folder.id }) },
    fields,
    today: toDay(now),
  };
}

/** The tasks of several lines. Very long lists stay text, so that the page does not stop. */
export function parseLines(lines: readonly string[], context: LineContext): readonly EnteredTask[] {
  if (lines.length > limits.parsedLines) return lines.map((line) => ({ patch: { subject: line }, line }));
  return lines.map((line) => parseLine(line, context).task);
}
