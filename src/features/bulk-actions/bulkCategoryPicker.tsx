import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useCategories } from '../../data/categories/useCategories.ts';
import { categoryKey, maxCategoryName } from '../../domain/task/category.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { categorySelections } from './categorySelection.ts';
import type { CategoryChoice } from './categorySelection.ts';
import styles from './bulkActions.module.css';

type Props = {
  mailbox: Mailbox;
  tasks: readonly Task[];
  onChoose: (choice: CategoryChoice) => void;
  onClose: () => void;
};

/** Which categories all of the tasks get, and which leave them. What only some have stays as it is until it is picked. */
export function BulkCategoryPicker({ mailbox, tasks, onChoose, onClose }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const book = useCategories(mailbox);
  const [typed, setTyped] = useState('');
  const [made, setMade] = useState<readonly string[]>([]);
  /** What was decided here, by key: on all of them, or on none. */
  const [picked, setPicked] = useState<ReadonlyMap<string, { name: string; isOn: boolean }>>(new Map());
  const name = typed.trim().slice(0, maxCategoryName);
  const marks = categorySelections(tasks, [...book.all.map((one) => one.name), ...made], locale);
  const wanted = categoryKey(name);
  const shown = marks.filter((mark) => categoryKey(mark.name).includes(wanted));
  const isNew = name !== '' && !marks.some((mark) => categoryKey(mark.name) === wanted);
  const pick = (which: string, isOn: boolean) =>
    setPicked(new Map([...picked, [categoryKey(which), { name: which, isOn }]]));

  function create() {
    setMade([...made, name]);
    pick(name, true);
    setTyped('');
  }

  function save() {
    const all = [...picked.values()];
    onChoose({
      add: all.filter(({ isOn }) => isOn).map((one) => one.name),
      remove: all.filter(({ isOn }) => !isOn).map((one) => one.name),
    });
  }

  return (
    <Dialog
      title={t`${plural(tasks.length, { one: 'Categories of # task', other: 'Categories of # tasks' })}`}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width={400}
      footer={
        <>
          <Button variant="secondary" onPress={onClose}>{t`Leave as they are`}</Button>
          <Button variant="primary" isDisabled={picked.size === 0} onPress={save}>{t`Save`}</Button>
        </>
      }
    >
      <input
        className={styles['filter']}
        type="text"
        autoComplete="off"
        autoFocus
        aria-label={t`Category`}
        placeholder={t`Find or create a category`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          const [first] = shown;
          if (isNew) create();
          else if (name !== '' && first !== undefined) pick(first.name, !isOn(first.name, first.on));
        }}
      />
      <div className={styles['options']} role="group" aria-label={t`Categories`}>
        {shown.map((mark) => {
          const decided = picked.get(categoryKey(mark.name));
          const isMixed = decided === undefined && mark.on === 'some';
          return (
            <label key={mark.name} className={styles['option']}>
              <input
                ref={(box) => {
                  if (box !== null) box.indeterminate = isMixed;
                }}
                type="checkbox"
                className={styles['box']}
                checked={isOn(mark.name, mark.on)}
                onChange={(event) => pick(mark.name, event.target.checked)}
              />
              <span className={styles['optionName']} dir="auto">
                {mark.name}
              </span>
              {isMixed && <span className={styles['mark']}>{t`Mixed`}</span>}
            </label>
          );
        })}
      </div>
      {isNew && <Button variant="quiet" onPress={create}>{t`Create “${name}”`}</Button>}
      {shown.length === 0 && !isNew && (
        <p className={styles['none']}>{t`No categories yet. Type a name to make one.`}</p>
      )}
    </Dialog>
  );

  function isOn(which: string, on: 'all' | 'some' | 'none'): boolean {
    return picked.get(categoryKey(which))?.isOn ?? on === 'all';
  }
}
