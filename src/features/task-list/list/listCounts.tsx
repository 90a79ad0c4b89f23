import { Plural, Trans } from '@lingui/react/macro';
import type { TaskListState } from './listSource.ts';

/** '12 open · 2 overdue'. */
export function ListCounts({ list, isLoaded }: { list: TaskListState; isLoaded: boolean }) {
  const { open, overdue, byId } = list.listing;
  if (byId.size === 0) {
    if (list.failure === 'offline') return <Trans>Offline</Trans>;
    // A blank line keeps the place of the counts, so that nothing moves.
    return isLoaded && list.failure === null && !list.isPending ? <Trans>Nothing here yet</Trans> : '\u00a0';
  }
  return (
    <>
      <Plural value={open} one="# open" other="# open" />
      {overdue > 0 && (
        <>
          {' · '}
          <Plural value={overdue} one="# overdue" other="# overdue" />
        </>
      )}
    </>
  );
}
