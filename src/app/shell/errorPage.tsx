import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { PlainPage } from './plainPage.tsx';

type Props = { error: unknown; retry: () => void };

/** A failure of the app itself, with details to copy and two ways to continue. */
export function ErrorPage({ error, retry }: Props) {
  const { t } = useLingui();
  const [isCopied, setIsCopied] = useState(false);
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  async function copy() {
    await navigator.clipboard.writeText(`${location.href}\n${navigator.userAgent}\n${details}`);
    setIsCopied(true);
  }
  return (
    <PlainPage
      title={t`Threefold stopped here`}
      actions={
        <>
          <Button variant="primary" onPress={retry}>{t`Try again`}</Button>
          <Button onPress={() => location.assign('/')}>{t`Start over`}</Button>
          <Button variant="quiet" onPress={() => void copy()}>
            {isCopied ? t`Copied` : t`Copy details`}
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          A part of the app failed. Your tasks are safe; changes that were not sent yet stay on this device.
        </Trans>
      </p>
    </PlainPage>
  );
}
