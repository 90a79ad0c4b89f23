import CheckIcon from 'lucide-react/icons/check';
import ChevronIcon from 'lucide-react/icons/chevron-down';
import type { KeyboardEvent, ReactNode } from 'react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { dispatchHotkey } from '../keyboard/hotkeys.ts';
import menu from '../overlays/menu.module.css';
import { popoverClass } from '../popovers/popover.tsx';
import styles from './select.module.css';

export type SelectItem<Value extends string> = { value: Value; label: string; icon?: ReactNode };

export type SelectProps<Value extends string> = {
  label: string;
  /** Hides the label visually where the context names the field. */
  labelHidden?: boolean;
  items: readonly SelectItem<Value>[];
  /** Null for a mixed value, which `placeholder` describes. */
  value: Value | null;
  placeholder?: string;
  onChange: (value: Value) => void;
  /** Drawn as a field, for forms. */
  isBoxed?: boolean;
  isDisabled?: boolean;
};

/** One of a few named values. Typing a letter selects the next match. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const {
    label,
    labelHidden = false,
    items,
    value,
    placeholder,
    onChange,
    isBoxed = false,
    isDisabled = false,
  } = props;
  const chosen = items.find((item) => item.value === value);
  return (
    <AriaSelect
      className={styles['select'] ?? ''}
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => {
        const next = items.find((item) => item.value === key);
        if (next) onChange(next.value);
      }}
    >
      <Label className={labelHidden ? 'hidden-visually' : (styles['label'] ?? '')}>{label}</Label>
      <div role="presentation" className={styles['trigger']} onKeyDownCapture={dispatchHotkeysFirst}>
        <Button className={`${styles['button']} ${isBoxed ? styles['boxed'] : ''}`}>
          <SelectValue className={styles['value'] ?? ''}>
            {chosen?.icon}
            <span>{chosen?.label ?? placeholder}</span>
          </SelectValue>
          <ChevronIcon aria-hidden />
        </Button>
      </div>
      <Popover className={`${popoverClass} ${styles['list']}`} offset={6}>
        <ListBox className={menu['menu'] ?? ''} items={items}>
          {(item) => (
            <ListBoxItem id={item.value} textValue={item.label} className={menu['item'] ?? ''}>
              {item.icon}
              <Text slot="label" className={menu['label'] ?? ''}>
                {item.label}
              </Text>
              {item.value === value && <CheckIcon aria-hidden />}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/**
 * A closed list also reacts to letters. Hotkeys run first, so that C opens categories and does not select "Completed".
 */
function dispatchHotkeysFirst(event: KeyboardEvent) {
  const isOpen = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
  if (!isOpen && dispatchHotkey(event.nativeEvent)) event.stopPropagation();
}
