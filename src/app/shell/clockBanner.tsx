import { useLingui } from '@lingui/react/macro';
import ClockAlertIcon from 'lucide-react/icons/clock-alert';
import { useSyncExternalStore } from 'react';
import { useDeps } from '../../data/dataProvider.tsx';
import { Banner } from '../../ui/feedback/banner.tsx';
import styles from './shell.module.css';

/** Below this no day, reminder or order of changes is noticeably wrong. Milliseconds. */
const noticeableMs = 5 * 60_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Says that the clock of this device is wrong, by how much, and what follows from it. */
export function ClockBanner() {
  const { t, i18n } = useLingui();
  const { clockSkew } = useDeps();
  const ms = useSyncExternalStore(clockSkew.subscribe, clockSkew.current);
  if (Math.abs(ms) < noticeableMs) return null;
  const by = amountOf(Math.abs(ms), i18n.locale);
  const advice = t`Today and reminders follow it: set it in the settings of the device.`;
  return (
    <div className={styles['notice']}>
      <Banner kind="amber" icon={<ClockAlertIcon aria-hidden />}>
        {ms > 0 ? t`The clock of this device is ${by} behind.` : t`The clock of this device is ${by} ahead.`} {advice}
      </Banner>
    </div>
  );
}

/** In the largest unit of which there are two or more. */
function amountOf(ms: number, locale: string): string {
  const [unit, length] =
    ms >= 2 * dayMs
      ? (['day', dayMs] as const)
      : ms >= 2 * hourMs
        ? (['hour', hourMs] as const)
        : (['minute', minuteMs] as const);
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.round(ms / length));
}
