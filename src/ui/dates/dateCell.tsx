import type { Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import styles from './dayField.module.css';

export type DateCellProps = {
  label: string;
  /** '14:30', or the text for no value. */
  value: string;
  isEmpty: boolean;
  /** 'Today', 'In 9 days'. */
  relative?: string | undefined;
  tone?: 'plain' | 'now' | 'late';
  isOpen: boolean;
  onPress: () => void;
  ref: Ref<HTMLButtonElement>;
};

/** A cell of the editor's date card that opens a picker for something other than a day. */
export function DateCell({ label, value, isEmpty, relative, tone = 'plain', isOpen, onPress, ref }: DateCellProps) {
  return (
    <div className={styles['field']}>
      <Button
        ref={ref}
        className={styles['cell'] ?? ''}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={onPress}
      >
        <span className={styles['name']}>{label}</span>{' '}
        <span className={`${styles['value']} ${isEmpty ? styles['none'] : styles[tone]}`}>{value}</span>{' '}
        {relative !== undefined && <span className={styles['relative']}>{relative}</span>}
      </Button>
    </div>
  );
}
