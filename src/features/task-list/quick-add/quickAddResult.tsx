import type { EnteredTask } from './quickAddProps.ts';
import type { ParsedDraft } from './useParsedDraft.ts';

type Props = {
  id: string;
  read: ParsedDraft;
  isListShown: boolean;
  /** After a chip or an answer was pressed. */
  onChoose: () => void;
  onAdd: (tasks: readonly EnteredTask[]) => void;
};

/** What the words of the draft mean, below the field. */
export function QuickAddResult({ id, read, isListShown, onChoose, onAdd }: Props) {
  const { chips, parsed, lines, context } = read;
  if (chips === null) return null;
  const asText = (texts: readonly string[]) => texts.map((line) => ({ patch: { subject: line }, line }));
  if (isListShown) {
    return (
      <chips.QuickAddLines
        id={id}
        lines={lines}
        context={context}
        onAdd={() => onAdd(read.tasksOf(lines))}
        onAddAsOne={() => onAdd(asText([lines.join(' ')]))}
        onAddAsText={() => onAdd(asText(lines))}
      />
    );
  }
  if (parsed === null || !read.hasResult) return null;
  return (
    <chips.QuickAddChips
      id={id}
      parsed={parsed}
      onKeepAsText={(key) => {
        read.keepAsText([key]);
        onChoose();
      }}
      onAnswer={(key, choice) => {
        read.answer(key, choice);
        onChoose();
      }}
    />
  );
}
