import { createChunk } from '../../ui/chunk.ts';

/** What comes with the first task that is selected. */
export const selectionBar = createChunk(() => import('./selectionBar.tsx'));

/** Until it is here, what is dragged looks as the browser draws it. */
export const ghost = createChunk(() => import('./dragGhost.ts'));
