import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';

/** Loaded with the first selected task. */
export const lazySelectionBar = createLazyChunk(() => import('./selectionBar.tsx'));
