import { useMemo, useRef } from 'react';
import type { Listing } from '../../../domain/listing/listing.ts';
import { useGridMetrics } from '../grid/gridMetrics.ts';
import { planRows } from '../row/rowPlan.ts';
import type { ClosableSection } from '../row/rowPlan.ts';
import { useCompletionTransition } from './completionTransition.ts';

type Input = {
  listing: Listing;
  /** Sections that open and close; the same array while nothing changes. */
  closable: readonly ClosableSection[];
  keyOf: (taskId: string) => string;
};

/** The rows as they are laid out, with the elements they are measured in. */
export function useListRows({ listing, closable, keyOf }: Input) {
  const scroller = useRef<HTMLDivElement>(null);
  const sticky = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const metrics = useGridMetrics({ scroller, sticky, body });
  const transition = useCompletionTransition();
  const { held } = transition;
  const sizes = metrics?.sizes;
  const plan = useMemo(
    () =>
      sizes === undefined
        ? undefined
        : planRows({
            sections: listing.sections,
            held,
            closable,
            sizes,
            nameOf: keyOf,
          }),
    [listing.sections, held, closable, sizes, keyOf],
  );
  return { scroller, sticky, body, metrics, transition, plan };
}
