import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { usePendingChanges } from '../../../data/outbox/usePendingChanges.ts';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';

/**
 * Signing out, with a question first when unsent changes would be lost (docs/architecture.md#signing-out). Draw
 * `question` where the hook is used.
 */
export function useSignOut(): { ask: () => void; question: ReactNode } {
  const { t } = useLingui();
  const { session } = useDeps();
  const { waiting, parked } = usePendingChanges();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const unsent = waiting.length + parked.length;

  function leave() {
    setIsBusy(true);
    session
      .signOut()
      .catch(() =>
        toasts.show({ kind: 'error', text: t`Signing out did not work. Check the network, then try again.` }),
      )
      .finally(() => {
        setIsBusy(false);
        setIsAsking(false);
      });
  }

  const question = (
    <ConfirmDialog
      isOpen={isAsking}
      isDanger
      isBusy={isBusy}
      title={t`${plural(unsent, { one: '# change is not sent yet', other: '# changes are not sent yet' })}`}
      body={t`Signing out removes your tasks from this device, and with them what was not sent. Stay until it is sent, or sign out and lose it.`}
      confirmLabel={t`Sign out and lose it`}
      cancelLabel={t`Stay signed in`}
      onConfirm={leave}
      onCancel={() => setIsAsking(false)}
    />
  );
  return { ask: () => (unsent === 0 ? leave() : setIsAsking(true)), question };
}
