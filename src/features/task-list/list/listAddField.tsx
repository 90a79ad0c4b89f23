import type { Ref } from 'react';
import { useFolders } from '../../../data/folders/useFolders.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place } from '../../../domain/task/task.ts';
import { ReadOnlyNotice } from '../notices/readOnlyNotice.tsx';
import { QuickAdd } from '../quick-add/quickAdd.tsx';
import type { QuickAddHandle } from '../quick-add/quickAddProps.ts';
import { useQuickAdd } from '../quick-add/useQuickAdd.ts';
import type { TaskListState } from './listSource.ts';

type Props = {
  list: TaskListState;
  placeKey: string;
  view: ViewName | undefined;
  target: Place | undefined;
  targetName: string | undefined;
  folderLink: string | null;
  isReadOnly: boolean;
  isLoaded: boolean;
  /** Before so many tasks are added. */
  onBeforeAdd: (count: number) => void;
  onLeave: () => void;
  ref: Ref<QuickAddHandle>;
};

/** The quick-add field; in a read-only list, a notice. A list that failed to load takes tasks, unless it is missing. */
export function ListAddField(props: Props) {
  const { list, placeKey, view, target, targetName, folderLink, isReadOnly, isLoaded, onBeforeAdd, onLeave, ref } =
    props;
  const { folders } = useFolders(target?.mailbox ?? 'me');
  const { onAdd, onAddMany } = useQuickAdd(view, target, targetName, folders);
  if (isReadOnly)
    return target === undefined ? null : <ReadOnlyNotice name={list.name} place={target} link={folderLink} />;
  // A new task is in neither.
  if (view === 'overdue' || view === 'completed') return null;
  if (!isLoaded && list.failure === 'missing') return null;
  return (
    <QuickAdd
      ref={ref}
      place={placeKey}
      folderName={targetName}
      folders={folders}
      isReady={target !== undefined}
      onAdd={(task, restoreText) => {
        onBeforeAdd(1);
        onAdd(task, restoreText);
      }}
      onAddMany={(tasks, onLeft) => {
        onBeforeAdd(tasks.length);
        onAddMany(tasks, onLeft);
      }}
      onLeave={onLeave}
    />
  );
}
