import { createLazyChunk } from '../../../ui/loading/lazyChunk.ts';

/** What comes with the first task that is selected. */
export const lazySelectionBar = createLazyChunk(() => import('./selectionBar.tsx'));

/** Until it is here, what is dragged looks as the browser draws it. */
export const lazyDragImage = createLazyChunk(() => import('../grid/dragImage.ts'));
