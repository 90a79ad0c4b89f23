import { Trans, useLingui } from '@lingui/react/macro';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { FailureKind } from '../../../domain/failureKind.ts';
import { dateOf } from '../../../domain/time/time.ts';
import type { Instant } from '../../../domain/time/time.ts';
import { clockLabel, dayLabel } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';

export type StaleBannerProps = { kind: FailureKind; savedAt: Instant | null; onRetry: () => void };

/** Says that the list shows stored tasks because a refresh failed. The shell reports offline and an ended sign-in. */
export function StaleBanner({ kind, savedAt, onRetry }: StaleBannerProps) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  if (kind === 'offline' || kind === 'signIn') return null;
  const action = { label: t`Try again`, onAction: onRetry };
  if (savedAt === null) {
    return (
      <Banner kind="danger" action={action}>
        <Trans>Not refreshed. Some tasks may be missing.</Trans>
      </Banner>
    );
  }
  const time = clockLabel(savedAt, zone, locale);
  const day = dateOf(savedAt, zone);
  const from = day === today ? time : `${dayLabel(day, today, locale)} ${time}`;
  return (
    <Banner kind="danger" action={action}>
      <Trans>Not refreshed. Tasks are from {from}.</Trans>
    </Banner>
  );
}
