import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Place } from '../../../domain/task/task.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { longDay } from '../../../ui/labels/dateLabels.ts';
import { FirstPull } from '../notices/firstPull.tsx';
import { StaleBanner } from '../notices/staleBanner.tsx';
import { ListCounts } from './listCounts.tsx';
import type { TaskListState } from './listSource.ts';
import styles from './taskListPane.module.css';

type Props = {
  list: TaskListState;
  /** Absent in a smart view, and until it is known. */
  folder: Place | undefined;
  isFolder: boolean;
  isLoaded: boolean;
};

/** The list's name, its counts or the date, and whether its rows are stale or incomplete. */
export function ListHeader({ list, folder, isFolder, isLoaded }: Props) {
  const { today } = useToday();
  const locale = useDateLocale();
  // In the place of the counts, so that no row moves when it comes and goes.
  const isPulling = isLoaded && list.isPartial && list.failure === null;
  return (
    <header className={styles['head']}>
      <h1 className={styles['title']} dir="auto">
        {list.name}
      </h1>
      <p className={styles['line']}>
        {isPulling ? (
          <FirstPull count={list.listing.byId.size} folder={folder} />
        ) : isFolder ? (
          <ListCounts list={list} isLoaded={isLoaded} />
        ) : (
          longDay(today, today, locale)
        )}
      </p>
      <div className={styles['notice']}>
        {isLoaded && list.failure !== null && (
          <StaleBanner kind={list.failure} savedAt={list.savedAt} onRetry={list.retry} />
        )}
      </div>
    </header>
  );
}
