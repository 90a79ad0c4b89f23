import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../../data/dataProvider.tsx';
import { usePendingChanges, useSyncStatus } from '../../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { EmptyState } from '../../../ui/feedback/emptyState.tsx';
import { clockLabel } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { PageLayout, PageSection } from '../../../ui/controls/pageLayout.tsx';
import type { AccountPageProps } from '../accountProps.ts';
import { RetryBanner } from './retryBanner.tsx';
import { PendingChangeRow } from './pendingChangeRow.tsx';
import { SharedContentSection, useUnansweredShares } from './sharedContentSection.tsx';

/** Every unsent change in words; those that need the person come first (docs/design.md#components). */
export function PendingChangesPage({ lead }: AccountPageProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { session } = useDeps();
  const { zone } = useToday();
  const { waiting, parked } = usePendingChanges();
  const unanswered = useUnansweredShares();
  const { state, lastSynced, pausedUntil } = useSyncStatus();
  const isPaused = pausedUntil !== null && (state === 'online' || state === 'needsYou');
  const time = lastSynced === null ? null : clockLabel(lastSynced, zone, locale);
  const inStep = time === null ? t`Never synced.` : t`Last synced at ${time}.`;

  return (
    <PageLayout title={t`Not synced yet`} lead={lead}>
      {state === 'offline' && <Banner kind="amber">{t`You are offline and can keep working. ${inStep}`}</Banner>}
      {state === 'signIn' && (
        <Banner kind="amber" action={{ label: t`Sign in`, onAction: () => session.signIn() }}>
          {t`Your sign-in has expired. Sign in again; your changes stay here.`}
        </Banner>
      )}
      {isPaused && <RetryBanner key={pausedUntil} until={pausedUntil} />}
      {unanswered !== null && unanswered.length > 0 && <SharedContentSection shares={unanswered} />}
      {parked.length > 0 && (
        <PageSection
          title={t`${plural(parked.length, { one: '# change needs your decision', other: '# changes need your decision' })}`}
          text={t`They stay on this device until you choose.`}
        >
          {parked.map((item) => (
            <PendingChangeRow key={item.id} item={item} />
          ))}
        </PageSection>
      )}
      {waiting.length > 0 && (
        <PageSection
          title={t`Sending`}
          text={
            state === 'offline'
              ? t`They are sent when you are back online.`
              : state === 'signIn'
                ? t`They are sent when you are signed in.`
                : isPaused
                  ? t`They are sent when the server answers again.`
                  : t`They are being sent.`
          }
        >
          {waiting.map((item) => (
            <PendingChangeRow key={item.id} item={item} isHeldBack={isPaused} />
          ))}
        </PageSection>
      )}
      {unanswered !== null && waiting.length + parked.length + unanswered.length === 0 && (
        <EmptyState art="done" title={t`Everything is synced`} text={inStep} />
      )}
    </PageLayout>
  );
}
