import { createChunk } from '../../../ui/loading/lazyChunk.ts';

/** What comes with the first task that is selected. */
export const selectionBar = createChunk(() => import('./selectionBar.tsx'));

/** Until it is here, what is dragged looks as the browser draws it. */
export const ghost = createChunk(() => import('../grid/dragImage.ts'));
