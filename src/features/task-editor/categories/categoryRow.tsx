import { useLingui } from '@lingui/react/macro';
import PlusIcon from 'lucide-react/icons/plus';
import XIcon from 'lucide-react/icons/x';
import { useRef } from 'react';
import { useCategories } from '../../../data/categories/useCategories.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import chips from '../../../ui/controls/chips.module.css';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import type { TaskEdits } from '../editing/useTaskEdits.ts';
import styles from './categoryRow.module.css';

const picker = createLazyChunk(() => import('./categoryPicker.tsx'));

type Props = {
  mailbox: Mailbox;
  task: Task;
  edits: TaskEdits;
  isReadOnly: boolean;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

/** The task's categories as chips, and a button for others (docs/design.md#components). */
export function CategoryRow({ mailbox, task, edits, isReadOnly, isOpen, onOpenChange }: Props) {
  const { t } = useLingui();
  const { display } = useCategories(mailbox);
  const surface = useLazySurface(picker, isOpen, () => onOpenChange(false));
  const add = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const chosen = display(task.categories);

  function remove(given: string, at: number) {
    edits.update({ categories: task.categories.filter((name) => name !== given) });
    // The focus stays in the row: on the chip that comes to stand there.
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    (buttons[at + 1] ?? buttons[at - 1] ?? add.current)?.focus();
  }

  return (
    <div className={styles.row}>
      <ul ref={list} className={chips.chips} aria-label={t`Categories`}>
        {chosen.map(({ storedName: given, name, colour }, at) => (
          <li key={given} className={chips.chip} data-category={colour}>
            <span className="category-dot" />
            <span className={chips.name}>{name}</span>
            {!isReadOnly && (
              <button
                type="button"
                className={chips.remove}
                aria-label={t`Remove “${truncateName(name)}”`}
                onClick={() => remove(given, at)}
              >
                <XIcon aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {!isReadOnly && (
        <button
          ref={add}
          type="button"
          className={chips.add}
          aria-label={t`Choose categories`}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => onOpenChange(!isOpen)}
        >
          <PlusIcon aria-hidden />
        </button>
      )}
      {isReadOnly && chosen.length === 0 && <span>{t`None`}</span>}
      {surface !== null && (
        <surface.CategoryPicker
          mailbox={mailbox}
          task={task}
          edits={edits}
          triggerRef={add}
          isOpen={isOpen}
          onOpenChange={onOpenChange}
        />
      )}
    </div>
  );
}
