import { useLingui } from '@lingui/react/macro';
import { useEffect, useId, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { normalizedName } from './filterFolders.ts';
import styles from './bulkActions.module.css';

export type PickerOption<Value> = { value: Value; label: string; detail?: string; icon?: ReactNode };

type Props<Value> = {
  title: string;
  /** Names the text field. */
  label: string;
  placeholder: string;
  options: readonly PickerOption<Value>[];
  /** The number of the option that is set, where the picker opens; -1 for none, or for different ones. */
  chosen: number;
  /** What the typed text means beside the options whose names it finds. */
  read?: (typed: string) => PickerOption<Value> | null;
  /** `read` does not know yet: Enter then takes what the text turns out to mean. */
  isLoading?: boolean;
  onChoose: (value: Value) => void;
  onClose: () => void;
};

/** One of several values: typing filters them, arrows choose one, Enter takes it. */
export function ChoicePicker<Value>(props: Props<Value>) {
  const { title, label, placeholder, options, chosen, read, isLoading = false, onChoose, onClose } = props;
  const { t } = useLingui();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(Math.max(0, chosen));
  const [isAwaited, setIsAwaited] = useState(false);
  const wanted = normalizedName(typed);
  const found = options.filter((option) => normalizedName(option.label).includes(wanted));
  const meant = wanted === '' ? null : (read?.(typed) ?? null);
  const shown = meant === null ? found : [meant, ...found];
  const active = Math.min(index, shown.length - 1);
  const activeId = shown[active] === undefined ? undefined : `${id}-${active}`;
  useEffect(() => {
    if (activeId !== undefined)
      document.querySelector(`#${CSS.escape(activeId)}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const awaited = isAwaited && !isLoading ? shown[active] : undefined;
  useEffect(() => {
    if (awaited !== undefined) onChoose(awaited.value);
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = shown[active];
    if (step !== undefined) setIndex((active + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter' && isLoading && typed !== '') setIsAwaited(true);
    else if (event.key === 'Enter' && option !== undefined) onChoose(option.value);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title={title} isOpen onOpenChange={(isOpen) => !isOpen && onClose()} width={400}>
      <input
        className={styles['filter']}
        type="text"
        role="combobox"
        autoComplete="off"
        autoFocus
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setIsAwaited(false);
          setIndex(event.target.value === '' ? Math.max(0, chosen) : 0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={label} className={styles['options']}>
        {shown.map((option, at) => (
          // The combobox keeps the focus and handles the keys (ARIA combobox).
          <button
            key={option.label}
            id={`${id}-${at}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={styles['option']}
            onPointerMove={() => setIndex(at)}
            onClick={() => onChoose(option.value)}
          >
            {option.icon}
            <span className={styles['optionName']}>{option.label}</span>
            {option.detail !== undefined && <span className={styles['mark']}>{option.detail}</span>}
          </button>
        ))}
      </div>
      {shown.length === 0 && (
        <p className={styles['noMatch']} role="status">{t`Nothing found for “${truncateName(typed)}”.`}</p>
      )}
    </Dialog>
  );
}
