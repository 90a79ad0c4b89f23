import { plural } from '@lingui/core/macro';
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
  const { t } = useLingui();
  const { clockSkew } = useDeps();
  const ms = useSyncExternalStore(clockSkew.subscribe, clockSkew.current);
  const amountOf = useAmount();
  if (Math.abs(ms) < noticeableMs) return null;
  const by = amountOf(Math.abs(ms));
  const advice = t`Today and reminders follow it: set it in the settings of the device.`;
  return (
    <div className={styles['notice']}>
      <Banner kind="amber" icon={<ClockAlertIcon aria-hidden />}>
        {ms > 0 ? t`The clock of this device is ${by} behind.` : t`The clock of this device is ${by} ahead.`} {advice}
      </Banner>
    </div>
  );
}

function useAmount(): (ms: number) => string {
  const { t } = useLingui();
  return (ms) => {
    const [days, hours, minutes] = [Math.round(ms / dayMs), Math.round(ms / hourMs), Math.round(ms / minuteMs)];
    if (ms >= 2 * dayMs) return t`${plural(days, { one: '# day', other: '# days' })}`;
    if (ms >= 2 * hourMs) return t`${plural(hours, { one: '# hour', other: '# hours' })}`;
    return t`${plural(minutes, { one: '# minute', other: '# minutes' })}`;
  };
}
