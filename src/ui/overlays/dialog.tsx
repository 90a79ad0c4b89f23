import type { ReactNode } from 'react';
import { createLazyChunk } from '../loading/lazyChunk.ts';
import { useLazySurface } from './useLazySurface.ts';

const surfaces = createLazyChunk(() => import('./dialogSurface.tsx'));

export type DialogProps = {
  title: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
  /** At most one primary button, at the right. */
  footer?: ReactNode;
  /** In pixels; a phone always gives it the whole width. */
  width?: number;
  /** False while Escape or a press outside would lose words. */
  canDismiss?: boolean;
};

/** A dialog on a desktop, a sheet on a phone. Focus moves in and returns to the opener. */
export function Dialog(props: DialogProps) {
  const { isOpen, onOpenChange } = props;
  const loaded = useLazySurface(surfaces, isOpen, () => onOpenChange(false));
  return loaded && <loaded.DialogSurface {...props} />;
}

export type ConfirmDialogProps = {
  /** The question, naming the thing: 'Delete “Garden” and its 6 tasks?' */
  title: string;
  body: ReactNode;
  /** A verb that repeats the question. */
  confirmLabel: string;
  cancelLabel: string;
  isDanger?: boolean;
  /** While the answer is being carried out; the dialog stays. */
  isBusy?: boolean;
  isOpen: boolean;
  onConfirm: () => void;
  onCancel: () => void;
};

/** Asked only before what has no undo. Focus starts on the answer that changes nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const loaded = useLazySurface(surfaces, props.isOpen, props.onCancel);
  return loaded && <loaded.ConfirmSurface {...props} />;
}
