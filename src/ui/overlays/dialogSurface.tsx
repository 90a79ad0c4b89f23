import { useLingui } from '@lingui/react/macro';
import TrashIcon from 'lucide-react/icons/trash-2';
import XIcon from 'lucide-react/icons/x';
import type { CSSProperties, ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button, IconButton } from '../controls/button.tsx';
import styles from './dialog.module.css';

/* The dialogs themselves, a lazy chunk: import `Dialog` and `ConfirmDialog` from dialog.tsx instead. */

export type DialogProps = {
  title: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
  /** At most one primary button, at the right. */
  footer?: ReactNode;
  /** In CSS pixels; on a phone it always has the full width. */
  width?: number;
  /** False while Escape or a press outside would lose text. */
  canDismiss?: boolean;
};

export function DialogSurface({
  title,
  isOpen,
  onOpenChange,
  children,
  footer,
  width = 480,
  canDismiss = true,
}: DialogProps) {
  const { t } = useLingui();
  return (
    <Frame isOpen={isOpen} onOpenChange={onOpenChange} width={width} canDismiss={canDismiss}>
      <AriaDialog className={styles['dialog'] ?? ''}>
        <span className={styles['grabber']} aria-hidden />
        <div className={styles['head']}>
          <Heading slot="title" level={2} className={styles['title'] ?? ''}>
            {title}
          </Heading>
          <IconButton label={t`Close`} keys="Escape" icon={<XIcon aria-hidden />} onPress={() => onOpenChange(false)} />
        </div>
        <div className={styles['body']}>{children}</div>
        {footer !== undefined && <div className={styles['foot']}>{footer}</div>}
      </AriaDialog>
    </Frame>
  );
}

export type ConfirmDialogProps = {
  /** The question with the name of its object: 'Delete “Garden” and its 6 tasks?' */
  title: string;
  body: ReactNode;
  /** A verb that repeats the question. */
  confirmLabel: string;
  cancelLabel: string;
  isDanger?: boolean;
  /** Confirmed and in progress; the dialog stays open. */
  isBusy?: boolean;
  isOpen: boolean;
  onConfirm: () => void;
  onCancel: () => void;
};

export function ConfirmSurface(props: ConfirmDialogProps) {
  const {
    title,
    body,
    confirmLabel,
    cancelLabel,
    isDanger = false,
    isBusy = false,
    isOpen,
    onConfirm,
    onCancel,
  } = props;
  return (
    <Frame isOpen={isOpen} onOpenChange={(open) => !open && onCancel()} width={380} canDismiss={!isBusy}>
      <AriaDialog role="alertdialog" className={styles['dialog'] ?? ''}>
        <span className={styles['grabber']} aria-hidden />
        <div className={styles['question']}>
          {isDanger && (
            <span className={styles['tile']} aria-hidden>
              <TrashIcon />
            </span>
          )}
          <Heading slot="title" level={2} className={styles['title'] ?? ''}>
            {title}
          </Heading>
          <p>{body}</p>
        </div>
        <div className={styles['foot']}>
          <Button variant="secondary" onPress={onCancel} isDisabled={isBusy} autoFocus>
            {cancelLabel}
          </Button>
          <Button variant={isDanger ? 'danger' : 'primary'} onPress={onConfirm} isBusy={isBusy}>
            {confirmLabel}
          </Button>
        </div>
      </AriaDialog>
    </Frame>
  );
}

type FrameProps = Pick<DialogProps, 'isOpen' | 'onOpenChange' | 'children'> & { width: number; canDismiss: boolean };

function Frame({ isOpen, onOpenChange, width, canDismiss, children }: FrameProps) {
  const size: CSSProperties & Record<'--dialog-width', string> = { '--dialog-width': `${width}px` };
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={canDismiss}
      isKeyboardDismissDisabled={!canDismiss}
      className={styles['scrim'] ?? ''}
      data-modal
    >
      <Modal className={styles['modal'] ?? ''} style={size}>
        {children}
      </Modal>
    </ModalOverlay>
  );
}
