import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { useLazyChunk } from '../../ui/loading/useLazyChunk.ts';
import type { LazyChunk } from '../../domain/async/lazyChunk.ts';
import { EmptyState } from '../../ui/feedback/emptyState.tsx';

type Props<T> = { of: LazyChunk<T>; children: (part: T) => ReactNode };

/** Renders a lazy chunk, or offers to try again when it did not load. */
export function LazyBoundary<T>({ of: chunk, children }: Props<T>) {
  const { t } = useLingui();
  const loaded = useLazyChunk(chunk, true);
  if (loaded.state === 'here') return children(loaded.part);
  if (loaded.state === 'waiting') return null;
  return (
    <main>
      <EmptyState
        art="offline"
        title={t`This page did not load`}
        text={t`It is not on this device yet. Check the network, then try again.`}
      >
        <Button variant="primary" onPress={chunk.load}>{t`Try again`}</Button>
      </EmptyState>
    </main>
  );
}
