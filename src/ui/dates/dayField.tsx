import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar';
import { useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Day } from '../../domain/time/time.ts';
import { dayLabel, relativeDay, shortDay } from '../labels/dateLabels.ts';
import { DayPanel, PreloadDayPicker, type DayChoice } from './dayPanel.tsx';
import { Dialog } from '../overlays/dialog.tsx';
import { useDateLocale } from './useDateLocale.ts';
import { useIsPhone } from '../browser/mediaQueries.ts';
import { Popover } from '../popovers/popover.tsx';
import styles from './dayField.module.css';

export type DayFieldProps = DayChoice & {
  /** Hides the label visually where the context names the field. */
  labelHidden?: boolean;
  onChange: (day: Day | null) => void;
  /** What is wrong and how to fix it. */
  error?: string | null | undefined;
  /** `cell` is a part of the editor's date card: label, value, relative day. `field` is for forms. */
  variant?: 'field' | 'cell';
  /** Replaces the relative day below the value of a cell. */
  detail?: string | undefined;
  /** Colour of the value; adjacent text has the same meaning. */
  tone?: 'plain' | 'now' | 'late';
  isReadOnly?: boolean;
  isOpen?: boolean | undefined;
  onOpenChange?: ((isOpen: boolean) => void) | undefined;
};

/** A day or none. Pressing it opens a text field, suggested days and a month; choosing a day closes them. */
export function DayField(props: DayFieldProps) {
  const {
    label,
    labelHidden = false,
    value,
    onChange,
    today,
    error,
    min,
    variant = 'field',
    tone = 'plain',
    isReadOnly = false,
    isRequired = false,
  } = props;
  const { t } = useLingui();
  const locale = useDateLocale();
  const [isOpenHere, setIsOpenHere] = useState(false);
  const isOpen = props.isOpen ?? isOpenHere;
  const setIsOpen = props.onOpenChange ?? setIsOpenHere;
  const isPhone = useIsPhone();
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();
  const isInvalid = error !== undefined && error !== null;

  const isEmpty = value === null || value === undefined;
  const detail = props.detail ?? (isEmpty ? undefined : relativeDay(value, today, locale));
  const shown =
    value === undefined
      ? t`Mixed`
      : value === null
        ? t`None`
        : variant === 'cell'
          ? shortDay(value, today, locale)
          : dayLabel(value, today, locale);
  const valueText = (
    <span id={`${id}value`} className={`${styles['value']} ${value === null ? styles['none'] : styles[tone]}`}>
      {shown}
    </span>
  );

  // Kept when the panel closes: Escape must not lose text.
  const [typed, setTyped] = useState('');
  const panel = (
    <DayPanel
      label={label}
      value={value}
      today={today}
      min={min}
      isRequired={isRequired}
      range={props.range}
      loadOf={props.loadOf}
      typed={typed}
      onType={setTyped}
      onChoose={(day) => {
        setIsOpen(false);
        setTyped('');
        if (day !== value) onChange(day);
      }}
    />
  );

  return (
    <div className={styles['field']}>
      {variant === 'field' && (
        <span id={`${id}label`} className={labelHidden ? 'hidden-visually' : styles['label']}>
          {label}
        </span>
      )}
      <Button
        ref={trigger}
        className={`${variant === 'cell' ? styles['cell'] : styles['box']} ${isInvalid ? styles['invalid'] : ''}`}
        isDisabled={isReadOnly}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        {...(variant === 'field' && { 'aria-labelledby': `${id}label ${id}value` })}
        {...(isInvalid && { 'aria-describedby': `${id}error` })}
        onPress={() => setIsOpen(true)}
      >
        {variant === 'cell' ? (
          <>
            <span className={styles['name']}>{label}</span> {valueText}{' '}
            {detail !== undefined && <span className={styles['relative']}>{detail}</span>}
          </>
        ) : (
          <>
            <CalendarIcon aria-hidden />
            {valueText}
          </>
        )}
      </Button>
      {isInvalid && (
        <p id={`${id}error`} className={styles['error']}>
          {error}
        </p>
      )}
      {isPhone ? (
        <Dialog title={label} isOpen={isOpen} onOpenChange={setIsOpen}>
          {panel}
        </Dialog>
      ) : (
        <Popover label={label} triggerRef={trigger} isOpen={isOpen} onOpenChange={setIsOpen}>
          {panel}
        </Popover>
      )}
      <PreloadDayPicker />
    </div>
  );
}
