import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import type { ConfirmDialogProps, DialogProps } from './dialogSurface.tsx';
import { useLazySurface } from './useLazySurface.ts';

const surfaces = createLazyChunk(() => import('./dialogSurface.tsx'));

/** A dialog on a desktop, a sheet on a phone. Focus moves in and returns to the opener. */
export function Dialog(props: DialogProps) {
  const { isOpen, onOpenChange } = props;
  const loaded = useLazySurface(surfaces, isOpen, () => onOpenChange(false));
  return loaded && <loaded.DialogSurface {...props} />;
}

/** Only for actions that cannot be undone. The focus starts on the cancel button. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const loaded = useLazySurface(surfaces, props.isOpen, props.onCancel);
  return loaded && <loaded.ConfirmSurface {...props} />;
}
