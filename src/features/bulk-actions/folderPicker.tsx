import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import FolderIcon from 'lucide-react/icons/folder';
import InboxIcon from 'lucide-react/icons/inbox';
import { useEffect, useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Task } from '../../domain/task/task.ts';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { filterFolders } from './filterFolders.ts';
import type { MoveTarget, MoveTargetGroup } from './useMoveTargets.ts';
import { useRecentFolders } from './useRecentFolders.ts';
import styles from './bulkActions.module.css';

type Props = {
  tasks: readonly Task[];
  targets: readonly MoveTargetGroup[];
  onChoose: (folder: MoveTarget) => void;
  onClose: () => void;
};

/** "Move to …": recent folders first; typing filters, arrows choose, Enter moves. A folder that holds all the tasks is left out. */
export function FolderPicker({ tasks, targets, onChoose, onClose }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const listId = useId();
  const [only, ...others] = new Set(tasks.map(({ folderId }) => folderId));
  const from = others.length === 0 ? only : undefined;
  const recent = useRecentFolders();
  const groups = filterFolders(targets, typed, { without: from, recent: recent.ids, recentName: t`Recent` });
  const all = groups.flatMap(({ folders }) => folders);
  const active = Math.min(index, all.length - 1);
  const optionId = (folder: MoveTarget) => `${listId}-${folder.id}`;
  const chosen = all[active];
  const [first] = tasks;
  const title =
    tasks.length === 1 && first !== undefined
      ? t`Move “${truncateName(first.subject)}” to`
      : t`${plural(tasks.length, { one: 'Move # task to', other: 'Move # tasks to' })}`;

  const chosenId = chosen === undefined ? undefined : optionId(chosen);
  useEffect(() => {
    if (chosenId !== undefined) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);

  function choose(folder: MoveTarget) {
    recent.add(folder.id);
    onChoose(folder);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setIndex((active + step + all.length) % Math.max(1, all.length));
    else if (event.key === 'Enter' && chosen !== undefined) choose(chosen);
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
        aria-label={t`Folder`}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosenId}
        placeholder={t`Type the name of a folder`}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t`Folders`} className={styles['options']}>
        {groups.map((group) => (
          <div key={group.key} role="group" aria-label={group.name}>
            <div className={styles['groupName']} aria-hidden dir="auto">
              {group.name}
            </div>
            {group.folders.map((folder) => (
              // The combobox keeps the focus and handles the keys (ARIA combobox).
              <button
                key={folder.id}
                id={optionId(folder)}
                type="button"
                role="option"
                tabIndex={-1}
                aria-selected={folder === chosen}
                className={styles['option']}
                onPointerMove={() => setIndex(all.indexOf(folder))}
                onClick={() => choose(folder)}
              >
                {folder.isDefault ? <InboxIcon aria-hidden /> : <FolderIcon aria-hidden />}
                <span className={styles['optionName']} dir="auto">
                  {folder.name}
                </span>
              </button>
            ))}
          </div>
        ))}
      </div>
      {all.length === 0 && (
        <p className={styles['noMatch']} role="status">
          {typed === '' ? t`There is no other folder yet.` : t`No folder is named like “${truncateName(typed)}”.`}
        </p>
      )}
    </Dialog>
  );
}
