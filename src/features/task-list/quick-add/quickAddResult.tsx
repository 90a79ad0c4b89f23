import type { RefObject } from 'react';
import type { EnteredTask } from './quickAddProps.ts';
import type { ParsedDraft } from './useParsedDraft.ts';

type Props = {
  id: string;
  read: ParsedDraft;
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  setDraft: (text: string) => void;
  isListShown: boolean;
  onAdd: (tasks: readonly EnteredTask[]) => void;
};

/** What the words of the draft mean, below the field. */
export function QuickAddResult({ id, read, field, draft, setDraft, isListShown, onAdd }: Props) {
  const { chips, parsed, lines, context } = read;
  if (chips === null) return null;
  const asText = (texts: readonly string[]) => texts.map((line) => ({ patch: { subject: line }, line }));
  const { categories, folders } = context;
  return (
    <>
      <chips.QuickAddSuggestions {...{ field, draft, setDraft, categories, folders }} />
      {isListShown && (
        <chips.QuickAddLines
          id={id}
          lines={lines}
          context={context}
          onAdd={() => onAdd(read.tasksOf(lines))}
          onAddAsOne={() => onAdd(asText([lines.join(' ')]))}
          onAddAsText={() => onAdd(asText(lines))}
        />
      )}
      {parsed !== null && read.hasResult && (
        <chips.QuickAddChips
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
