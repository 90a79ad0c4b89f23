import { useLingui } from '@lingui/react/macro';
import BellIcon from 'lucide-react/icons/bell';
import CalendarIcon from 'lucide-react/icons/calendar';
import RepeatIcon from 'lucide-react/icons/repeat';
import StartIcon from 'lucide-react/icons/calendar-arrow-up';
import FlagIcon from 'lucide-react/icons/flag';
import FolderIcon from 'lucide-react/icons/folder';
import TagIcon from 'lucide-react/icons/tag';
import XIcon from 'lucide-react/icons/x';
import type { ComponentType } from 'react';
import { useCategories } from '../../../data/categories/useCategories.ts';
import type { Meaning } from '../../../domain/naturalLanguage/meanings.ts';
import type { Day } from '../../../domain/time/time.ts';
import { dayLabel } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import type { ParsedLine } from './parsedLine.ts';
import { QuickAddQuestion } from './quickAddQuestion.tsx';
import { useMeaningLabel } from './useMeaningLabel.ts';
import styles from './quickAddChips.module.css';

const icons: Readonly<Record<Meaning['kind'], ComponentType<{ 'aria-hidden': true }>>> = {
  due: CalendarIcon,
  range: CalendarIcon,
  start: StartIcon,
  repeat: RepeatIcon,
  importance: FlagIcon,
  category: TagIcon,
  folder: FolderIcon,
  reminder: BellIcon,
  time: BellIcon,
};

type Props = {
  id: string;
  parsed: ParsedLine;
  onKeepAsText: (key: string) => void;
  onAnswer: (key: string, choice: number) => void;
};

/** The fields that Enter sets, below the field, and what is asked about. Each chip can be turned back into text. */
export function QuickAddChips({ id, parsed, onKeepAsText, onAnswer }: Props) {
  const { t } = useLingui();
  const { all, display } = useCategories();
  const { tokens, questions, fields, today } = parsed;
  const labelOf = useMeaningLabel(
    today,
    all.map(({ name }) => name),
  );
  const notes = useNotes(parsed);
  return (
    <div id={id} className={styles.parsed}>
      {tokens.length > 0 && (
        <ul className={styles.chips} aria-label={t`Recognised`}>
          {tokens.map(({ key, text, start, meaning }) => {
            const Icon = icons[meaning.kind];
            const colour = meaning.kind === 'category' ? display([meaning.name])[0]?.colour : undefined;
            return (
              <li key={`${key} ${start}`} className={styles.chip} data-kind={meaning.kind} data-category={colour}>
                <Icon aria-hidden />
                <span>{labelOf(meaning, fields)}</span>
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={t`Keep “${text}” as text`}
                  data-hint={t`Keep as text`}
                  onClick={() => onKeepAsText(key)}
                >
                  <XIcon aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {questions.map((question) => (
        <QuickAddQuestion
          key={`${question.key} ${question.start}`}
          question={question}
          labelOf={(meaning) => labelOf(meaning, fields)}
          onAnswer={onAnswer}
          onKeepAsText={onKeepAsText}
        />
      ))}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </div>
  );
}

/** Sentences about what the rules between dates change, what is over, and what cannot be kept. */
function useNotes({ tokens, notes, fields, today }: ParsedLine): readonly string[] {
  const { t } = useLingui();
  const locale = useDateLocale();
  const labelOf = (day: Day) => dayLabel(day, today, locale);
  const due = fields.due === null ? '' : labelOf(fields.due);
  const hasDue = tokens.some(({ meaning }) => meaning.kind === 'due' || meaning.kind === 'range');
  const all = [
    fields.adjustment === 'startMoved' ? t`A start date cannot be after the due date, so this starts ${due}.` : null,
    fields.adjustment === 'dueFollows' ? t`A start date needs a due date, so this is due ${due}.` : null,
    fields.adjustment === null && fields.rule !== null && !hasDue ? t`The first one is due ${due}.` : null,
    fields.continuesOn === null ? null : t`Then repeats from ${labelOf(fields.continuesOn)}.`,
    ...tokens.map(({ isPast, text }) => (isPast ? t`“${text}” is in the past.` : null)),
    ...notes.map(({ kind, text }) =>
      kind === 'endTime'
        ? t`Tasks have no end time: only the start of “${text}” is kept.`
        : t`A repeat counted from completion cannot be saved: “${text}” stays text.`,
    ),
  ];
  return [...new Set(all.filter((note) => note !== null))];
}
