import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useHiddenChanges, useOutboxOps } from '../../../data/outbox/usePendingChanges.ts';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';

/**
 * Signs out, after a confirmation when unsent changes would be lost (docs/architecture.md#signing-out), those that are
 * only on disk included. Render `question` where the hook is used.
 */
export function useSignOut(): { ask: () => void; question: ReactNode } {
  const { t } = useLingui();
  const { session } = useDeps();
  const { length: shown } = useOutboxOps();
  const findHidden = useHiddenChanges();
  const [hidden, setHidden] = useState<Hidden>({ unreadable: 0, importing: 0 });
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  async function ask() {
    const found = await findHidden();
    setHidden(found);
    if (found !== null && unsentOf(shown, found) === 0) leave();
    else setIsAsking(true);
  }

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

  const words = useWords(shown, hidden);
  const question = (
    <ConfirmDialog
      isOpen={isAsking}
      isDanger
      isBusy={isBusy}
      title={words.title}
      body={words.body}
      confirmLabel={t`Sign out and lose it`}
      cancelLabel={t`Stay signed in`}
      onConfirm={leave}
      onCancel={() => setIsAsking(false)}
    />
  );
  return { ask: () => void ask(), question };
}

type Hidden = Awaited<ReturnType<ReturnType<typeof useHiddenChanges>>>;

const unsentOf = (shown: number, { unreadable, importing }: NonNullable<Hidden>) => shown + unreadable + importing;

function useWords(shown: number, hidden: Hidden): { title: string; body: string } {
  const { t } = useLingui();
  const loss = t`Signing out removes your tasks from this device, and with them what was not sent. Stay until it is sent, or sign out and lose it.`;
  if (hidden === null) {
    return {
      title: t`Sign out?`,
      body: `${t`Threefold cannot read this device now, so it does not know what is not sent yet.`} ${loss}`,
    };
  }
  const unsent = unsentOf(shown, hidden);
  const { unreadable, importing } = hidden;
  const sentences = [
    importing > 0 &&
      t`${plural(importing, { one: '# task of an import is not imported yet.', other: '# tasks of an import are not imported yet.' })}`,
    unreadable > 0 &&
      t`${plural(unreadable, { one: 'This version of Threefold cannot read # change. Reload the app to update Threefold and send it.', other: 'This version of Threefold cannot read # changes. Reload the app to update Threefold and send them.' })}`,
    loss,
  ];
  return {
    title: t`${plural(unsent, { one: '# change is not sent yet', other: '# changes are not sent yet' })}`,
    body: sentences.filter((one) => one !== false).join(' '),
  };
}
