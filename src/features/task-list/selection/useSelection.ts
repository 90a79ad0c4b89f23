import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useServerId } from '../../../data/outbox/usePendingChanges.ts';
import type { Listing } from '../../../domain/listing/listing.ts';
import type { Task } from '../../../domain/task/task.ts';
import { announce } from '../../../ui/feedback/liveRegion.ts';
import type { RowPlan } from '../row/rowPlan.ts';
import { selectAllRows, extendSelection, emptySelection, listedSelection, toggleRow } from './selection.ts';
import type { SelectionAction } from './selection.ts';

export type SelectionState = {
  names: ReadonlySet<string>;
  /** In their present state, without those that left the list. */
  tasks: readonly Task[];
  act: (action: SelectionAction) => void;
};

const nothing: Pick<SelectionState, 'names' | 'tasks'> = { names: emptySelection.names, tasks: [] };

/**
 * The selected tasks of a list. `onEnd` is called when the selection becomes empty: its bar is removed, and the focus may
 * have been in it.
 */
export function useSelection(plan: RowPlan | undefined, listing: Listing, onEnd: () => void): SelectionState {
  const { t } = useLingui();
  const serverId = useServerId();
  const [selection, setSelection] = useState(emptySelection);
  // A listing is a new object whenever its rows change; its `byId` is updated in place.
  const { names, tasks } = useMemo(
    () =>
      selection.names.size === 0 ? nothing : listedSelection(selection, (name) => listing.byId.get(serverId(name))),
    [selection, listing, serverId],
  );
  const count = tasks.length;
  const announced = useRef(0);
  const announceCount = useEffectEvent((now: number) => {
    if (now === announced.current) return;
    announced.current = now;
    if (now === 0) onEnd();
    announce(now === 0 ? t`Nothing selected` : t`${plural(now, { one: '# selected', other: '# selected' })}`);
  });
  useEffect(() => announceCount(count), [count]);

  const isListed = (name: string) => listing.byId.has(serverId(name));
  return {
    names,
    tasks,
    act(action) {
      if (action.kind === 'clear') setSelection(emptySelection);
      else if (action.kind === 'toggle') setSelection(toggleRow(selection, action.name, isListed));
      else if (plan === undefined) return;
      else if (action.kind === 'all') setSelection(selectAllRows(plan));
      else setSelection(extendSelection(plan, selection, action.from, action.to));
    },
  };
}
