import { isFileDrag } from '../../ui/browser/fileDrop.ts';

/** Ignores files dropped outside a drop target: the browser would open them in place of the app. */
export function preventFileDrop(): void {
  for (const type of ['dragover', 'drop'] as const) {
    window.addEventListener(type, (event) => {
      if (event.defaultPrevented || !isFileDrag(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
    });
  }
}
