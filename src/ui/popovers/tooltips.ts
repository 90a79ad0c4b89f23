import { createLazyChunk, runWhenIdle } from '../loading/lazyChunk.ts';

const layer = createLazyChunk(() => import('./tooltipLayer.ts'));

layer.subscribe(() => {
  const loaded = layer.current();
  if (loaded.state === 'here') loaded.part.attachTooltipLayer();
});

/** Tooltips come when the browser is idle: they repeat names that are there. Returns what calls it off. */
export function loadTooltipLayer(): () => void {
  return runWhenIdle(layer.load);
}
