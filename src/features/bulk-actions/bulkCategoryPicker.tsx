import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useCategories } from '../../data/categories/useCategories.ts';
import { cutText, limits } from '../../domain/limits.ts';
import { categoryKey } from '../../domain/task/category.ts';
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

/** Adds categories to all tasks or removes them from all. A category on some tasks stays so until it is picked. */
export function BulkCategoryPicker({ mailbox, tasks, onChoose, onClose }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const categories = useCategories(mailbox);
  const [typed, setTyped] = useState('');
  const [created, setCreated] = useState<readonly string[]>([]);
  /** Choices made in the dialog, by category key: on all tasks, or on none. */
  const [picked, setPicked] = useState<ReadonlyMap<string, { name: string; isOn: boolean }>>(new Map());
  const name = cutText(typed.trim(), limits.categoryName);
  const selections = categorySelections(tasks, [...categories.all.map((one) => one.name), ...created], locale);
  const wanted = categoryKey(name);
  const matches = selections.filter((selection) => categoryKey(selection.name).includes(wanted));
  const isNew = name !== '' && !selections.some((selection) => categoryKey(selection.name) === wanted);
  const pick = (category: string, isOn: boolean) =>
    setPicked(new Map([...picked, [categoryKey(category), { name: category, isOn }]]));

  function create() {
    setCreated([...created, name]);
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
          const [first] = matches;
          if (isNew) create();
          else if (name !== '' && first !== undefined) pick(first.name, !isOn(first.name, first.on));
        }}
      />
      <div className={styles['options']} role="group" aria-label={t`Categories`}>
        {matches.map((selection) => {
          const choice = picked.get(categoryKey(selection.name));
          const isMixed = choice === undefined && selection.on === 'some';
          return (
            <label key={selection.name} className={styles['option']}>
              <input
                ref={(box) => {
                  if (box !== null) box.indeterminate = isMixed;
                }}
                type="checkbox"
                className={styles['box']}
                checked={isOn(selection.name, selection.on)}
                onChange={(event) => pick(selection.name, event.target.checked)}
              />
              <span className={styles['optionName']} dir="auto">
                {selection.name}
              </span>
              {isMixed && <span className={styles['mark']}>{t`Mixed`}</span>}
            </label>
          );
        })}
      </div>
      {isNew && <Button variant="quiet" onPress={create}>{t`Create “${name}”`}</Button>}
      {matches.length === 0 && !isNew && (
        <p className={styles['noMatch']}>{t`No categories yet. Type a name to create one.`}</p>
      )}
    </Dialog>
  );

  function isOn(category: string, on: 'all' | 'some' | 'none'): boolean {
    return picked.get(categoryKey(category))?.isOn ?? on === 'all';
  }
}
