import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import { useSignOut } from './useSignOut.tsx';
import { SettingRow } from './settingRow.tsx';

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
      <SettingRow label={t`On this device`} hint={t`Removes your tasks from this device; they stay in your mailbox.`}>
        <Button variant="secondary" onPress={here.ask}>{t`Sign out`}</Button>
      </SettingRow>
      {extras !== null && (
        <SettingRow label={t`Everywhere`} hint={t`Ends your sign-in on every device and in every browser.`}>
          <Button variant="secondary" onPress={() => setIsAsking(true)}>{t`Sign out everywhere`}</Button>
        </SettingRow>
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
