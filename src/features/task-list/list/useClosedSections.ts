import { useMemo, useState } from 'react';
import type { Listing } from '../../../domain/listing/listing.ts';
import { mostOverdue } from '../../../domain/listing/sections.ts';
import type { SectionKey } from '../../../domain/listing/sections.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { ClosableSection } from '../row/rowPlan.ts';
import { usePersistedChoice } from './usePersistedChoice.ts';

const visibilities = ['shown', 'hidden'] as const;

/**
 * The sections that open and close: a folder's completed tasks, and in Today more overdue tasks than fit above the day. Once
 * they are folded they stay so while the list is shown, whatever is rescheduled.
 */
export function useClosedSections(placeKey: string, view: ViewName | undefined, listing: Listing) {
  const [completed, setCompleted] = usePersistedChoice(`completed:${placeKey}`, visibilities, 'hidden');
  const isCompletedShown = completed === 'shown';
  const { overdue } = listing;
  const isMany = view === 'today' && overdue > mostOverdue;
  const [isFolded, setFolded] = useState(isMany);
  const [isOverdueShown, setOverdueShown] = useState(false);
  if (isMany && !isFolded) setFolded(true);
  const closable = useMemo<readonly ClosableSection[]>(
    () =>
      view === undefined
        ? [{ section: 'completed', isClosed: !isCompletedShown }]
        : isFolded
          ? [{ section: 'overdue', isClosed: !isOverdueShown, count: overdue }]
          : [],
    [view, isCompletedShown, isFolded, isOverdueShown, overdue],
  );
  const showCompleted = (isShown: boolean) => setCompleted(isShown ? 'shown' : 'hidden');
  return {
    closable,
    isCompletedShown,
    toggleCompleted: () => showCompleted(!isCompletedShown),
    toggle: (section: SectionKey, isOpen?: boolean) => {
      if (section === 'overdue') setOverdueShown(isOpen ?? !isOverdueShown);
      else showCompleted(isOpen ?? !isCompletedShown);
    },
  };
}
