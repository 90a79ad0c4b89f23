import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../../data/dataProvider.tsx';
import { usePending, useSync } from '../../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { EmptyState } from '../../../ui/feedback/emptyState.tsx';
import { clockLabel } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { Stripe } from '../../../ui/feedback/banner.tsx';
import { Page, Section } from '../../../ui/controls/pageLayout.tsx';
import type { AccountPageProps } from '../accountProps.ts';
import { PauseStripe } from './retryBanner.tsx';
import { PendingRow } from './pendingChangeRow.tsx';
import { SharedSection, useUnanswered } from './sharedContentSection.tsx';

/** Every unsent change in words; those that need the person come first (docs/design.md#components). */
export function WaitingPage({ lead }: AccountPageProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { session } = useDeps();
  const { zone } = useToday();
  const { waiting, parked } = usePending();
  const unanswered = useUnanswered();
  const { state, lastSynced, pausedUntil } = useSync();
  const isPaused = pausedUntil !== null && (state === 'online' || state === 'needsYou');
  const time = lastSynced === null ? null : clockLabel(lastSynced, zone, locale);
  const inStep = time === null ? t`Not in step with the mailbox yet.` : t`Last in step with the mailbox at ${time}.`;

  return (
    <Page title={t`Waiting to send`} lead={lead}>
      {state === 'offline' && <Stripe kind="amber">{t`You are offline and can keep working. ${inStep}`}</Stripe>}
      {state === 'signIn' && (
        <Stripe kind="amber" action={{ label: t`Sign in`, onAction: () => session.signIn() }}>
          {t`Your sign-in has run out. Sign in again; your changes stay here.`}
        </Stripe>
      )}
      {isPaused && <PauseStripe key={pausedUntil} until={pausedUntil} />}
      {unanswered !== null && unanswered.length > 0 && <SharedSection shares={unanswered} />}
      {parked.length > 0 && (
        <Section
          title={t`${plural(parked.length, { one: '# change needs you', other: '# changes need you' })}`}
          text={t`They stay on this device until you choose.`}
        >
          {parked.map((item) => (
            <PendingRow key={item.id} item={item} />
          ))}
        </Section>
      )}
      {waiting.length > 0 && (
        <Section
          title={t`On their way`}
          text={
            state === 'offline'
              ? t`They are sent when you are back online.`
              : state === 'signIn'
                ? t`They are sent when you are signed in.`
                : isPaused
                  ? t`They are sent after the pause.`
                  : t`They are being sent.`
          }
        >
          {waiting.map((item) => (
            <PendingRow key={item.id} item={item} isHeldBack={isPaused} />
          ))}
        </Section>
      )}
      {unanswered !== null && waiting.length + parked.length + unanswered.length === 0 && (
        <EmptyState art="done" title={t`Nothing is waiting`} text={inStep} />
      )}
    </Page>
  );
}
