import { createChunk } from '../../ui/chunk.ts';

/** What comes with the first task that is selected, or dragged. */
export const selectionBar = createChunk(() => import('./selectionBar.tsx'));
