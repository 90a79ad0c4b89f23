import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/controls/button.tsx';
import { PlainPage } from '../shell/plainPage.tsx';
import type { RuntimeConfigResult } from './runtimeConfig.ts';

/** Shown when `/config.json` is unreachable or invalid; lists the mistakes for the administrator. */
export function ConfigErrorPage({ outcome }: { outcome: Exclude<RuntimeConfigResult, { ok: true }> }) {
  const { t } = useLingui();
  const retryButton = <Button variant="primary" onPress={() => location.reload()}>{t`Try again`}</Button>;
  if (outcome.reason === 'unreachable') {
    return (
      <PlainPage title={t`Threefold was not reached`} actions={retryButton}>
        <p>
          <Trans>The first start on this device needs the network. Check the connection, then try again.</Trans>
        </p>
      </PlainPage>
    );
  }
  return (
    <PlainPage title={t`Threefold is misconfigured`} actions={retryButton}>
      <p>
        <Trans>
          The file <code>/config.json</code> of this server cannot be used. The administrator can fix it:
        </Trans>
      </p>
      <ul>
        {outcome.problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </PlainPage>
  );
}
