import { useLingui } from '@lingui/react/macro';
import ChevronDown from 'lucide-react/icons/chevron-down';
import FolderIcon from 'lucide-react/icons/folder';
import PlusIcon from 'lucide-react/icons/plus';
import XIcon from 'lucide-react/icons/x';
import { useRef } from 'react';
import { useCategories } from '../../data/categories/useCategories.ts';
import { useDeps } from '../../data/dataProvider.tsx';
import { useBulkActions } from '../../data/tasks/useBulkActions.ts';
import { useFolder } from '../../data/folders/useFolders.ts';
import { importances, taskStatuses } from '../../domain/task/task.ts';
import { Button } from '../../ui/controls/button.tsx';
import chips from '../../ui/controls/chips.module.css';
import { importanceLabels, statusLabels } from '../../ui/labels/taskLabels.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { LabelledGroup, LabelledRow } from '../../ui/controls/labelledRow.tsx';
import { SegmentedControl } from '../../ui/controls/segmentedControl.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { StatusRing } from '../../ui/controls/statusRing.tsx';
import type { BulkEditorProps } from './bulkEditorProps.ts';
import { countCategories, commonValue } from './commonValues.ts';
import styles from './bulkProperties.module.css';

/** Status, importance, folder and categories of several tasks. */
export function BulkProperties({ mailbox, tasks }: Pick<BulkEditorProps, 'mailbox' | 'tasks'>) {
  const { t, i18n } = useLingui();
  const bulkActions = useBulkActions();
  const { capabilities } = useDeps();
  const status = commonValue(tasks, (task) => task.status);
  const importance = commonValue(tasks, (task) => task.importance);
  return (
    <div className={styles.properties}>
      <LabelledRow label={t`Status`}>
        <Select
          label={t`Status`}
          labelHidden
          items={taskStatuses.map((value) => ({
            value,
            label: i18n._(statusLabels[value]),
            icon: <StatusRing status={value} />,
          }))}
          value={status ?? null}
          placeholder={t`Mixed`}
          onChange={(value) => bulkActions.enqueue({ kind: 'status', mailbox, tasks, status: value })}
        />
      </LabelledRow>
      <LabelledRow label={t`Importance`}>
        <SegmentedControl
          label={t`Importance`}
          labelHidden
          items={importances.map((value) => ({ value, label: i18n._(importanceLabels[value]) }))}
          value={importance ?? null}
          onChange={(value) => bulkActions.enqueue({ kind: 'importance', mailbox, tasks, importance: value })}
        />
        {importance === undefined && <span className={styles.mixed}>{t`Mixed`}</span>}
      </LabelledRow>
      {capabilities.move && (
        <LabelledRow label={t`Folder`}>
          <FolderButton
            mailbox={mailbox}
            id={commonValue(tasks, (task) => task.folderId)}
            onPress={() => bulkActions.enqueue({ kind: 'pick', property: 'move', mailbox, tasks })}
          />
        </LabelledRow>
      )}
      <Categories mailbox={mailbox} tasks={tasks} />
    </div>
  );
}

type FolderProps = Pick<BulkEditorProps, 'mailbox'> & { id: string | undefined; onPress: () => void };

function FolderButton({ mailbox, id, onPress }: FolderProps) {
  const { t } = useLingui();
  const folder = useFolder({ mailbox, id: id ?? '' });
  const name = id === undefined ? t`Mixed` : folder === undefined ? t`This folder` : truncateName(folder.name);
  return (
    <Button
      variant="quiet"
      className={styles.folder ?? ''}
      aria-label={t`Folder: ${name}. Move to another`}
      aria-haspopup="dialog"
      icon={<FolderIcon aria-hidden />}
      onPress={onPress}
    >
      <span className={styles.folderLabel}>
        <span className={styles.folderName} dir="auto">
          {name}
        </span>
        <ChevronDown aria-hidden />
      </span>
    </Button>
  );
}

/** Category chips with the number of tasks that have them; each can be added to all tasks, or removed from all. */
function Categories({ mailbox, tasks }: Pick<BulkEditorProps, 'mailbox' | 'tasks'>) {
  const { t } = useLingui();
  const bulkActions = useBulkActions();
  const { display } = useCategories(mailbox);
  const counted = countCategories(tasks);
  const displayed = display(counted.map(({ name }) => name));
  const countOf = new Map(counted.map(({ name, count }) => [name, count]));
  const pickButton = useRef<HTMLButtonElement>(null);
  /** The pressed button disappears with its chip: the focus moves to the chip in its place. */
  function change(pressed: Element, add: readonly string[], remove: readonly string[]) {
    const item = pressed.closest('li');
    const successor = add.length > 0 ? item : (item?.nextElementSibling ?? item?.previousElementSibling);
    (successor?.querySelector('button') ?? pickButton.current)?.focus();
    bulkActions.enqueue({ kind: 'categories', mailbox, tasks, add, remove });
  }
  return (
    <LabelledGroup label={t`Categories`}>
      <div className={styles.categories}>
        <ul className={chips.chips} aria-label={t`Categories`}>
          {displayed.map(({ storedName: given, name, colour }) => {
            const count = countOf.get(given) ?? 0;
            const label = truncateName(name);
            return (
              <li key={given} className={styles.item}>
                <span className={chips.chip} data-category={colour}>
                  <span className="category-dot" />
                  <span className={chips.name}>{name}</span>
                  <button
                    type="button"
                    className={chips.remove}
                    aria-label={t`Remove “${label}” from all`}
                    onClick={({ currentTarget }) => change(currentTarget, [], [given])}
                  >
                    <XIcon aria-hidden />
                  </button>
                </span>
                {count < tasks.length && (
                  <Button
                    variant="quiet"
                    className={styles.partial ?? ''}
                    aria-label={t`“${label}”: ${count} of ${tasks.length}. Add to all`}
                    onPress={({ target }) => change(target, [given], [])}
                  >{t`${count} of ${tasks.length}`}</Button>
                )}
              </li>
            );
          })}
        </ul>
        <button
          ref={pickButton}
          type="button"
          className={chips.add}
          aria-label={t`Choose categories`}
          aria-haspopup="dialog"
          onClick={() => bulkActions.enqueue({ kind: 'pick', property: 'categories', mailbox, tasks })}
        >
          <PlusIcon aria-hidden />
        </button>
      </div>
    </LabelledGroup>
  );
}
