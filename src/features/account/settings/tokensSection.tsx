import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useRevokeToken, useTokens } from '../../../data/account/useAccessTokens.ts';
import { dateOf } from '../../../domain/time/time.ts';
import type { Instant } from '../../../domain/time/time.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import { dateLabel } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import { SettingRow } from './settingRow.tsx';
import styles from './settingsSection.module.css';

type Token = ReturnType<typeof useTokens>['tokens'][number];

/** Personal access tokens: created on the command line, listed and revoked here. */
export function TokensSection() {
  const { t } = useLingui();
  const { tokens, isPending, failure, retry } = useTokens();
  const [revoking, setRevoking] = useState<Token>();
  return (
    <PageSection
      title={t`Personal access tokens`}
      text={
        <Trans>
          For scripts and older programs. Create one where Threefold is installed, with{' '}
          <code className={styles.code}>npm run token -- create</code>; it is shown there once.
        </Trans>
      }
    >
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
      ))}
      {tokens.length === 0 && (
        <div className={styles.row}>
          <p className={`${styles.text} ${styles.hint}`}>
            {failure !== null
              ? failure === 'offline'
                ? t`The list needs the network.`
                : t`The list did not load.`
              : isPending
                ? t`Loading`
                : t`There are none.`}
          </p>
          {failure !== null && <Button variant="secondary" onPress={() => retry()}>{t`Try again`}</Button>}
        </div>
      )}
      {revoking !== undefined && <RevokeQuestion token={revoking} onDone={() => setRevoking(undefined)} />}
    </PageSection>
  );
}

function useTokenName() {
  const { t } = useLingui();
  return (token: Token) => (token.name === '' ? t`Token without a name` : token.name);
}

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const nameOf = useTokenName();
  const day = (at: Instant) => dateLabel(dateOf(at, zone), today, locale);
  const facts = [
    token.scope.toLowerCase().includes('readwrite') ? t`Reads and writes tasks` : t`Reads tasks`,
    t`created ${day(token.createdAt)}`,
    token.expiresAt === null ? t`never ends` : t`ends ${day(token.expiresAt)}`,
    token.lastUsedAt === null ? t`never used` : t`last used ${day(token.lastUsedAt)}`,
  ];
  const name = nameOf(token);
  return (
    <SettingRow label={name} hint={facts.join(' · ')}>
      <Button variant="secondary" aria-label={t`Revoke ${name}`} onPress={onRevoke}>{t`Revoke`}</Button>
    </SettingRow>
  );
}

function RevokeQuestion({ token, onDone }: { token: Token; onDone: () => void }) {
  const { t } = useLingui();
  const revoke = useRevokeToken();
  const nameOf = useTokenName();
  const name = nameOf(token);
  const failed = () =>
    toasts.show({ kind: 'error', text: t`“${name}” was not revoked. Check the network, then try again.` });
  return (
    <ConfirmDialog
      isOpen
      isDanger
      isBusy={revoke.isPending}
      title={t`Revoke “${name}”?`}
      body={t`Programs that use it lose their access at once. This cannot be undone; create a new one instead.`}
      confirmLabel={t`Revoke`}
      cancelLabel={t`Keep it`}
      onConfirm={() => revoke.mutate({ id: token.id }, { onError: failed, onSettled: onDone })}
      onCancel={onDone}
    />
  );
}
