import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import styles from './sheet.module.css';

type Props = {
  label: string;
  isOpen: boolean;
  onClose: () => void;
  /** `drawer` slides in from the side with the sidebar, `sheet` from below with the editor. */
  shape: 'drawer' | 'sheet';
  children: ReactNode;
};

/**
 * A pane over the others in a narrow window (docs/design.md#phone). Escape and a press outside close it.
 */
export function Sheet({ label, isOpen, onClose, shape, children }: Props) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={styles['scrim'] ?? ''}
      data-modal
    >
      <Modal className={styles[shape] ?? ''}>
        <Dialog aria-label={label} className={styles['content'] ?? ''}>
          {shape === 'sheet' && <div className={styles['grabber']} aria-hidden />}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
