import { useMemo, useState } from 'react';
import { useCategories } from '../../../data/categories/useCategories.ts';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useTimeZone } from '../../../data/account/useTimeZone.ts';
import { localOf } from '../../../domain/time/time.ts';
import { useLazyChunk } from '../../../ui/loading/useLazyChunk.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { parserChunk } from './parserChunk.ts';
import { parsePastedLines } from './pastedLines.ts';
import type { EnteredTask, FolderChoice } from './quickAddProps.ts';

const noKeys: ReadonlySet<string> = new Set();
const noAnswers: ReadonlyMap<string, number> = new Map();

/** The lines of a draft, and the fields that their words mean. */
export function useParsedDraft(draft: string, folders: readonly FolderChoice[]) {
  const { clock } = useDeps();
  const { zone } = useTimeZone();
  const locale = useDateLocale();
  const { all } = useCategories();
  const parser = useLazyChunk(parserChunk, draft !== '');
  /** Keys of tokens and questions whose words stay text. */
  const [plainKeys, setPlainKeys] = useState(noKeys);
  const [answers, setAnswers] = useState(noAnswers);
  const lines = parsePastedLines(draft);
  const isList = lines.length > 1;
  const [line] = lines;
  const categories = useMemo(() => all.map(({ name }) => name), [all]);
  // By the minute, so that long lists are not parsed at every render.
  const now = `${localOf(clock.now(), zone).slice(0, 16)}:00.000`;
  const context = useMemo(
    () => ({ now, zone, locale, folders, categories, plainKeys, answers }),
    [now, zone, locale, folders, categories, plainKeys, answers],
  );
  const part = parser.state === 'here' ? parser.part : null;
  const parsed = isList || line === undefined ? null : (part?.parseLine(line, context) ?? null);
  const keys = parsed === null ? [] : [...parsed.tokens, ...parsed.questions].map(({ key }) => key);
  return {
    lines,
    isList,
    categories,
    /** What is parsed with, for the parts that show it. */
    context,
    /** Null where nothing is parsed yet, or there are several lines. */
    parsed,
    /** The keys of all tokens and questions. */
    keys,
    /** Whether anything is shown about the words. */
    hasResult: keys.length > 0 || (parsed?.notes.length ?? 0) > 0,
    /** The task of a line; with its words as they are until the parser is here. */
    taskOf: (line: string): EnteredTask => part?.parseLine(line, context).task ?? { patch: { subject: line }, line },
    tasksOf: (lines: readonly string[]): readonly EnteredTask[] =>
      part?.parseLines(lines, context) ?? lines.map((line) => ({ patch: { subject: line }, line })),
    /** The parser is being loaded: it has neither arrived nor failed to. */
    isParserPending: parser.state === 'waiting',
    /** The components that show the result; null until they are loaded. */
    chips: part,
    keepAsText: (keys: readonly string[]) => setPlainKeys(new Set([...plainKeys, ...keys])),
    answer: (key: string, choice: number) => setAnswers(new Map([...answers, [key, choice]])),
    resetTokens: () => {
      setPlainKeys(noKeys);
      setAnswers(noAnswers);
    },
  };
}
