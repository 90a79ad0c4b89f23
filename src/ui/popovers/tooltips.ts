import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { runWhenIdle } from '../loading/idleLoading.ts';

const layer = createLazyChunk(() => import('./tooltipLayer.ts'));

layer.subscribe(() => {
  const loaded = layer.current();
  if (loaded.state === 'here') loaded.part.attachTooltipLayer();
});

/** Loads the tooltips when the browser is idle; returns a function that cancels it. */
export function loadTooltipLayer(): () => void {
  return runWhenIdle(layer.load);
}
