import { useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useTimeZone } from '../../../data/account/useTimeZone.ts';
import { localOf } from '../../../domain/time/time.ts';
import { useLazyChunk } from '../../../ui/loading/useLazyChunk.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { parserChunk } from './parserChunk.ts';
import { parsePastedLines } from './pastedLines.ts';

const noKeys: ReadonlySet<string> = new Set();

/** The lines of a draft; of a single line, also the fields its words mean. */
export function useParsedDraft(draft: string) {
  const { clock } = useDeps();
  const { zone } = useTimeZone();
  const locale = useDateLocale();
  const parser = useLazyChunk(parserChunk, draft !== '');
  /** Keys of tokens that were turned back into text. */
  const [plainKeys, setPlainKeys] = useState(noKeys);
  const lines = parsePastedLines(draft);
  const isList = lines.length > 1;
  const [line] = lines;
  const parse = (text: string) =>
    parser.state === 'here'
      ? parser.part.parseLine(text, { now: localOf(clock.now(), zone), zone, locale }, plainKeys)
      : null;
  const parsed = isList || line === undefined ? null : parse(line);
  return {
    lines,
    isList,
    /** Null where nothing is parsed yet, or there are several lines. */
    parsed,
    parse,
    /** The parser is being loaded: it has neither arrived nor failed to. */
    isParserPending: parser.state === 'waiting',
    /** The components that show the result; null until they are loaded. */
    chips: parser.state === 'here' ? parser.part : null,
    keepAsText: (keys: readonly string[]) => setPlainKeys(new Set([...plainKeys, ...keys])),
    resetTokens: () => setPlainKeys(noKeys),
  };
}
