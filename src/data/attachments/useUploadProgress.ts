import { useSyncExternalStore } from 'react';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import { useDeps } from '../dataProvider.tsx';

/** How much of a change's file has arrived: 0 to 1. Draws nothing else again. */
export function useUploadProgress(changeId: string | null): number {
  const { subscribeProgress, progressOf } = useDeps().outbox;
  return useSyncExternalStore(subscribeProgress, () => (changeId === null ? 0 : progressOf(changeId)));
}

/** The progress of all uploads, for what draws none of it. */
export function useUploads(): Pick<Outbox, 'subscribeProgress' | 'progressOf'> {
  return useDeps().outbox;
}
