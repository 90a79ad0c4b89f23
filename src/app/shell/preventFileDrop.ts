import { isFileDrag } from '../../ui/browser/fileDrop.ts';

/** A file that nothing has taken would open in the place of the app: it is let fall instead. */
export function preventFileDrop(): void {
  for (const type of ['dragover', 'drop'] as const) {
    window.addEventListener(type, (event) => {
      if (event.defaultPrevented || !isFileDrag(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
    });
  }
}
