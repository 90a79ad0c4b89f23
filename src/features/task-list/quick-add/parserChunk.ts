import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';

/** The parser of a line. Where it cannot be loaded, words stay text. */
export const parserChunk = createLazyChunk(() => import('./quickAddResult.tsx'));
