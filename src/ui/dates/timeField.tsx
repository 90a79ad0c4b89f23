import { parseTime } from '@internationalized/date';
import { DateInput, DateSegment, FieldError, Label, TimeField as AriaTimeField } from 'react-aria-components/TimeField';
import styles from '../controls/textField.module.css';

export type TimeFieldProps = {
  label: string;
  /** 'HH:mm', or '' while it is incomplete. */
  value: string;
  onChange: (time: string) => void;
  error?: string | null | undefined;
  onBlur?: (() => void) | undefined;
  onEnter?: (() => void) | undefined;
};

/** A time of day in segments, in the locale's format. Digits are typed, arrow keys step. Not for the first screen. */
export function TimeField({ label, value, onChange, error, onBlur, onEnter }: TimeFieldProps) {
  const isInvalid = error !== undefined && error !== null;
  return (
    <AriaTimeField
      className={styles['field'] ?? ''}
      value={value === '' ? null : parseTime(value)}
      granularity="minute"
      isInvalid={isInvalid}
      onChange={(time) => onChange(time === null ? '' : time.toString().slice(0, 5))}
      onBlur={() => onBlur?.()}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onEnter?.();
      }}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <DateInput className={`${styles['box']} ${styles['segments']}`}>
        {(segment) => <DateSegment segment={segment} className={styles['segment'] ?? ''} />}
      </DateInput>
      <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
    </AriaTimeField>
  );
}
