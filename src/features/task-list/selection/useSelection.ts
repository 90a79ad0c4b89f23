import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useServerId } from '../../../data/outbox/usePendingChanges.ts';
import type { Listing } from '../../../domain/listing/listing.ts';
import type { Task } from '../../../domain/task/task.ts';
import { announce } from '../../../ui/feedback/liveRegion.ts';
import type { RowPlan } from '../row/rowPlan.ts';
import { selectAllRows, extendSelection, emptySelection, toggleRow } from './selection.ts';

/** What a key or a press asks of the selection. */
export type SelectionAction =
  | { kind: 'toggle'; name: string }
  /** Rows by number: where the focus was, and where the range ends now. */
  | { kind: 'extend'; from: number; to: number }
  | { kind: 'all' }
  | { kind: 'clear' };

export type SelectionState = {
  names: ReadonlySet<string>;
  /** As they are now; what has left the list is not among them. */
  tasks: readonly Task[];
  act: (act: SelectionAction) => void;
};

const noTasks: readonly Task[] = [];

/**
 * Tasks chosen together. `onEnd` is called when none is left: what acted on them goes away, and the focus may have been in it.
 * Lives as long as the list: scrolling and updates change nothing about it.
 */
export function useSelection(plan: RowPlan | undefined, listing: Listing, onEnd: () => void): SelectionState {
  const { t } = useLingui();
  const serverId = useServerId();
  const [selection, setSelection] = useState(emptySelection);
  const { names } = selection;
  // The listing is another one whenever its rows moved; `byId` follows them in place.
  const tasks = useMemo(
    () => (names.size === 0 ? noTasks : [...names].flatMap((name) => listing.byId.get(serverId(name)) ?? [])),
    [names, listing, serverId],
  );
  const count = tasks.length;
  const told = useRef(0);
  const tell = useEffectEvent((now: number) => {
    if (now === told.current) return;
    told.current = now;
    if (now === 0) onEnd();
    announce(now === 0 ? t`Nothing selected` : t`${plural(now, { one: '# selected', other: '# selected' })}`);
  });
  useEffect(() => tell(count), [count]);

  const isThere = (name: string) => listing.byId.has(serverId(name));
  return {
    names: count === 0 ? emptySelection.names : names,
    tasks,
    act(act) {
      if (act.kind === 'clear') setSelection(emptySelection);
      else if (act.kind === 'toggle') setSelection(toggleRow(selection, act.name, isThere));
      else if (plan === undefined) return;
      else if (act.kind === 'all') setSelection(selectAllRows(plan));
      else setSelection(extendSelection(plan, selection, act.from, act.to));
    },
  };
}
