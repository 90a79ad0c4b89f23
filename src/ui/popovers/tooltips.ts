import { createChunk, whenIdle } from '../loading/lazyChunk.ts';

const layer = createChunk(() => import('./tooltipLayer.ts'));

layer.subscribe(() => {
  const loaded = layer.current();
  if (loaded.state === 'here') loaded.part.watchHints();
});

/** Tooltips come when the browser is idle: they repeat names that are there. Returns what calls it off. */
export function watchHints(): () => void {
  return whenIdle(layer.load);
}
