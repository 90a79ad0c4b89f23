import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import { useSignOut } from './useSignOut.tsx';
import styles from './settingsSection.module.css';

export function SignOutSection() {
  const { t } = useLingui();
  const { session, extras } = useDeps();
  const here = useSignOut();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  function leaveEverywhere() {
    setIsBusy(true);
    session
      .signOutEverywhere()
      .catch(() => toasts.show({ kind: 'error', text: t`Nobody was signed out. Check the network, then try again.` }))
      .finally(() => {
        setIsBusy(false);
        setIsAsking(false);
      });
  }

  return (
    <PageSection title={t`Sign out`}>
      <div className={styles.row}>
        <div className={styles.text}>
          <p className={styles.label}>{t`On this device`}</p>
          <p className={styles.hint}>{t`Removes your tasks from this device; they stay in your mailbox.`}</p>
        </div>
        <Button variant="secondary" onPress={here.ask}>{t`Sign out`}</Button>
      </div>
      {extras !== null && (
        <div className={styles.row}>
          <div className={styles.text}>
            <p className={styles.label}>{t`Everywhere`}</p>
            <p className={styles.hint}>{t`Ends your sign-in on every device and in every browser.`}</p>
          </div>
          <Button variant="secondary" onPress={() => setIsAsking(true)}>{t`Sign out everywhere`}</Button>
        </div>
      )}
      {here.question}
      <ConfirmDialog
        isOpen={isAsking}
        isDanger
        isBusy={isBusy}
        title={t`Sign out everywhere?`}
        body={t`Every device has to sign in again. Changes that a device has not sent yet are lost with its sign-out.`}
        confirmLabel={t`Sign out everywhere`}
        cancelLabel={t`Cancel`}
        onConfirm={leaveEverywhere}
        onCancel={() => setIsAsking(false)}
      />
    </PageSection>
  );
}
