import { useId } from 'react';
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import styles from './segmentedControl.module.css';

export type SegmentedControlProps<Value extends string> = {
  label: string;
  labelHidden?: boolean;
  items: readonly { value: Value; label: string; icon?: ReactNode }[];
  /** Null for a mixed value: none is selected. */
  value: Value | null;
  onChange: (value: Value) => void;
  isDisabled?: boolean;
};

/** One of two to four short values, all visible. Announced as radio buttons; arrow keys move, Space selects. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, labelHidden = false, items, value, onChange, isDisabled = false } = props;
  const labelId = useId();
  return (
    <div className={styles['field']}>
      <span id={labelId} className={labelHidden ? 'hidden-visually' : styles['label']}>
        {label}
      </span>
      <ToggleButtonGroup
        className={styles['track'] ?? ''}
        aria-labelledby={labelId}
        selectionMode="single"
        disallowEmptySelection
        isDisabled={isDisabled}
        selectedKeys={value === null ? [] : [value]}
        onSelectionChange={(keys) => {
          const chosen = items.find((item) => keys.has(item.value));
          if (chosen) onChange(chosen.value);
        }}
      >
        {items.map((item) => (
          <ToggleButton key={item.value} id={item.value} className={styles['segment'] ?? ''}>
            {item.icon}
            {item.label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
