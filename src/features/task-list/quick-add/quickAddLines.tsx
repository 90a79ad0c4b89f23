import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { limits } from '../../../domain/limits.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { parseLine } from './parsedLine.ts';
import type { LineContext } from './parsedLine.ts';
import { useMeaningLabel } from './useMeaningLabel.ts';
import { toDay } from '../../../domain/time/time.ts';
import styles from './quickAddChips.module.css';

type Props = {
  id: string;
  lines: readonly string[];
  context: LineContext;
  onAdd: () => void;
  onAddAsOne: () => void;
  onAddAsText: () => void;
};

/** Lines that are shown with what they set. */
const shownLines = 6;

/** Shown below several lines: each becomes a task with its own date, or all of them one. */
export function QuickAddLines({ id, lines, context, onAdd, onAddAsOne, onAddAsText }: Props) {
  const { t } = useLingui();
  const isTooLong = lines.length > limits.parsedLines;
  const text = lines.join('\n');
  const parsed = useMemo(
    () => (isTooLong ? [] : text.split('\n').map((line) => parseLine(line, context))),
    [text, context, isTooLong],
  );
  const labelOf = useMeaningLabel(toDay(context.now), context.categories);
  const recognised = parsed.filter(({ tokens }) => tokens.length > 0);
  const ambiguous = parsed.filter(({ questions }) => questions.length > 0).length;
  const more = recognised.length - shownLines;
  return (
    <div className={styles.lines}>
      <div id={id} className={styles.summary}>
        <p>
          <Trans>Each line becomes a task.</Trans>
        </p>
        {recognised.length > 0 && (
          <ul aria-label={t`Recognised`}>
            {recognised.slice(0, shownLines).map(({ subject, tokens, fields }, at) => (
              <li key={`${at} ${subject}`}>
                {`${subject}: ${tokens.map(({ meaning }) => labelOf(meaning, fields)).join(' · ')}`}
              </li>
            ))}
            {more > 0 && <li>{t`${plural(more, { one: 'and # more line', other: 'and # more lines' })}`}</li>}
          </ul>
        )}
        {ambiguous > 0 && (
          <p>
            <Plural
              value={ambiguous}
              one="# line has an ambiguous date, which stays text."
              other="# lines have ambiguous dates, which stay text."
            />
          </p>
        )}
        {isTooLong && (
          <p>
            <Trans>In lists of more than {limits.parsedLines} lines, dates stay text.</Trans>
          </p>
        )}
      </div>
      <Button variant="quiet" onPress={onAddAsOne}>
        <Trans>Add as one task</Trans>
      </Button>
      {recognised.length > 0 && (
        <Button variant="quiet" onPress={onAddAsText}>
          <Trans>Keep all as text</Trans>
        </Button>
      )}
      <Button variant="primary" onPress={onAdd}>
        <Plural value={lines.length} one="Add # task" other="Add # tasks" />
      </Button>
    </div>
  );
}
