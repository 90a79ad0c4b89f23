import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../../ui/controls/button.tsx';
import { Dialog } from '../../../../ui/overlays/dialog.tsx';
import styles from './attachmentForms.module.css';

type Props = {
  title: string;
  /** What the person should know of what is attached. */
  hint: string;
  /** Whether Escape closes it: not while that would lose words. */
  canDismiss?: boolean;
  onClose: () => void;
  onCancel: () => void;
  onAttach: () => void;
  children: ReactNode;
};

/** A small form over the page, at whose end something hangs on the task. */
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
