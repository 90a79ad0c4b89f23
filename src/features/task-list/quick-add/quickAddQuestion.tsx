import { useLingui } from '@lingui/react/macro';
import type { Meaning, Question } from '../../../domain/naturalLanguage/meanings.ts';
import styles from './quickAddChips.module.css';

type Props = {
  question: Question;
  labelOf: (meaning: Meaning) => string;
  onAnswer: (key: string, choice: number) => void;
  onKeepAsText: (key: string) => void;
};

/** What ambiguous words may mean, to choose from. Until one is chosen they stay text. */
export function QuickAddQuestion({ question: { key, text, choices }, labelOf, onAnswer, onKeepAsText }: Props) {
  const { t } = useLingui();
  const asked = t`What does “${text}” mean?`;
  return (
    <div role="group" aria-label={asked} className={styles.question}>
      <span aria-hidden>{asked}</span>
      {choices.map(({ meaning, isPast }, choice) => {
        const label = labelOf(meaning);
        return (
          <button key={label} type="button" className={styles.choice} onClick={() => onAnswer(key, choice)}>
            {isPast ? t`${label} (in the past)` : label}
          </button>
        );
      })}
      <button type="button" className={styles.choice} onClick={() => onKeepAsText(key)}>
        {t`Keep as text`}
      </button>
    </div>
  );
}
