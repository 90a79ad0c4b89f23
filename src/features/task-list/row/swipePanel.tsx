import { Trans } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar';
import CheckIcon from 'lucide-react/icons/check';
import ReopenIcon from 'lucide-react/icons/rotate-ccw';
import TrashIcon from 'lucide-react/icons/trash-2';
import type { SwipeSide } from './swipeGesture.ts';
import styles from './swipePanel.module.css';

/** The panel that a swipe uncovers beside a row. The grid handles its buttons. */
export function SwipePanel({ side, isDone }: { side: SwipeSide; isDone: boolean }) {
  if (side === 'done') {
    return (
      <span role="gridcell" className={styles['done']}>
        {isDone ? <ReopenIcon aria-hidden /> : <CheckIcon aria-hidden />}
        {isDone ? <Trans>Reopen</Trans> : <Trans>Done</Trans>}
      </span>
    );
  }
  return (
    <span role="gridcell" className={styles['more']}>
      <button type="button" tabIndex={-1} data-act="due" aria-haspopup="menu" className={styles['due']}>
        <CalendarIcon aria-hidden />
        <Trans>Date</Trans>
      </button>
      <button type="button" tabIndex={-1} data-act="delete" className={styles['delete']}>
        <TrashIcon aria-hidden />
        <Trans>Delete</Trans>
      </button>
    </span>
  );
}
