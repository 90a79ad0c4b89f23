import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/controls/button.tsx';
import { Dialog } from '../../../../ui/overlays/dialog.tsx';
import styles from './attachmentForms.module.css';

type Props = {
  title: string;
  /** Explains what is attached. */
  hint: string;
  /** False while Escape would lose text. */
  canDismiss?: boolean;
  onClose: () => void;
  onCancel: () => void;
  onAttach: () => void;
  children: ReactNode;
};

/** A dialog with a form that attaches something to the task. */
export function DraftDialog({ title, hint, canDismiss = true, onClose, onCancel, onAttach, children }: Props) {
  const { t } = useLingui();
  const id = useId();
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      canDismiss={canDismiss}
      footer={
        <>
          <Button onPress={onCancel}>{t`Cancel`}</Button>
          <Button variant="primary" type="submit" form={id}>{t`Attach`}</Button>
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onAttach();
        }}
      >
        {children}
        <p className={styles.hint}>{hint}</p>
      </form>
    </Dialog>
  );
}
