import type { RefObject } from 'react';
import type { EnteredTask } from './quickAddProps.ts';
import type { LineContext, ParsedLine } from './parsedLine.ts';
import { QuickAddChips } from './quickAddChips.tsx';
import { QuickAddLines } from './quickAddLines.tsx';
import { QuickAddSuggestions } from './quickAddSuggestions.tsx';

/* Loaded lazily: import it through useParsedDraft.ts. */

export { parseLine, parseLines } from './parsedLine.ts';

/** A draft with what its words mean. */
type DraftResult = {
  lines: readonly string[];
  parsed: ParsedLine | null;
  context: LineContext;
  hasResult: boolean;
  tasksOf: (lines: readonly string[]) => readonly EnteredTask[];
  keepAsText: (keys: readonly string[]) => void;
  answer: (key: string, choice: number) => void;
};

type Props = {
  id: string;
  read: DraftResult;
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  setDraft: (text: string) => void;
  isListShown: boolean;
  onAdd: (tasks: readonly EnteredTask[]) => void;
};

/** What the words of the draft mean, below the field. */
export function QuickAddResult({ id, read, field, draft, setDraft, isListShown, onAdd }: Props) {
  const { parsed, lines, context } = read;
  const asText = (texts: readonly string[]) => texts.map((line) => ({ patch: { subject: line }, line }));
  const { categories, folders } = context;
  return (
    <>
      <QuickAddSuggestions {...{ field, draft, setDraft, categories, folders }} />
      {isListShown && (
        <QuickAddLines
          id={id}
          lines={lines}
          context={context}
          onAdd={() => onAdd(read.tasksOf(lines))}
          onAddAsOne={() => onAdd(asText([lines.join(' ')]))}
          onAddAsText={() => onAdd(asText(lines))}
        />
      )}
      {parsed !== null && read.hasResult && (
        <QuickAddChips
          id={id}
          parsed={parsed}
          onKeepAsText={(key) => {
            read.keepAsText([key]);
            field.current?.focus();
          }}
          onAnswer={(key, choice) => {
            read.answer(key, choice);
            field.current?.focus();
          }}
        />
      )}
    </>
  );
}
