import { useToday } from '../../../data/account/useTimeZone.ts';
import { useTaskView } from '../../../data/tasks/useTaskViews.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import { addDays, dayOf } from '../../../domain/time/time.ts';
import { ListSkeleton } from '../../../ui/loading/skeleton.tsx';
import { CompletedFolder, EmptyFolder, EmptyView, FailedList } from '../notices/listEmptyStates.tsx';
import type { TaskListState } from './listSource.ts';
import styles from './taskListPane.module.css';

export type ListBodyProps = {
  list: TaskListState;
  view: ViewName | undefined;
  /** Something is stored for the list. */
  isLoaded: boolean;
  hasRows: boolean;
  /** Absent in a read-only list. */
  onAdd: (() => void) | undefined;
};

/** Shown when a list has no rows (docs/design.md#wording). */
export function ListBody({ list, view, isLoaded, hasRows, onAdd }: ListBodyProps) {
  if (hasRows) return null;
  if (!isLoaded && list.failure !== null)
    return <FailedList name={list.name} isView={view !== undefined} kind={list.failure} onRetry={list.retry} />;
  if (!isLoaded && list.isPending) {
    return (
      <div className={styles['skeleton']}>
        <ListSkeleton />
      </div>
    );
  }
  if (view === 'today') return <EmptyToday />;
  if (view !== undefined) return <EmptyView view={view} doneToday={0} isNextTomorrow={false} />;
  const { byId } = list.listing;
  return byId.size === 0 ? (
    <EmptyFolder name={list.name} onAdd={onAdd} />
  ) : (
    <CompletedFolder name={list.name} done={byId.size} />
  );
}

function EmptyToday() {
  const { today, zone } = useToday();
  const completed = useTaskView('completed', today, zone).data;
  const upcoming = useTaskView('upcoming', today, zone).data;
  const doneToday = [...completed.byId.values()].filter(
    (task) => task.completed !== null && dayOf(task.completed, zone) === today,
  ).length;
  const tomorrow = addDays(today, 1);
  const isNextTomorrow = [...upcoming.byId.values()].some(
    (task) => task.due !== null && dayOf(task.due, zone) === tomorrow,
  );
  return <EmptyView view="today" doneToday={doneToday} isNextTomorrow={isNextTomorrow} />;
}
