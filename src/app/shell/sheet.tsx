import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import styles from './sheet.module.css';

type Props = {
  label: string;
  isOpen: boolean;
  onClose: () => void;
  /** `drawer` comes from the side and holds the sidebar; `sheet` comes from below and holds the editor. */
  shape: 'drawer' | 'sheet';
  children: ReactNode;
};

/**
 * A pane over the others where there is no room beside them (docs/design.md#phone). Esc and a press outside close it.
 */
export function Sheet({ label, isOpen, onClose, shape, children }: Props) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={styles['scrim'] ?? ''}
    >
      <Modal className={styles[shape] ?? ''}>
        <Dialog aria-label={label} className={styles['content'] ?? ''}>
          {shape === 'sheet' && <div className={styles['grab']} aria-hidden />}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
