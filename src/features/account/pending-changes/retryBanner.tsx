import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import type { Instant } from '../../../domain/time/time.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { secondsUntil } from './retryCountdown.ts';

/** The countdown's steps. Milliseconds. */
const tickMs = 500;
/** Longer waits are shown in minutes. */
const longSeconds = 100;

/**
 * Counts down a pause requested by the service (docs/design.md#wording). `key={until}` makes screen readers announce it
 * once, not every second.
 */
export function RetryBanner({ until }: { until: Instant }) {
  const { t } = useLingui();
  const { clock } = useDeps();
  const [left, setLeft] = useState(() => secondsUntil(until, clock.now()));
  const [spoken] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsUntil(until, clock.now())), tickMs);
    return () => clearInterval(timer);
  }, [clock, until]);
  const minutes = Math.ceil(left / 60);
  return (
    <Banner kind="amber">
      <span className="hidden-visually">
        {spoken < longSeconds
          ? t`The server is busy. Retrying in ${plural(spoken, { one: '# second', other: '# seconds' })}.`
          : t`The server is busy. Retrying in ${plural(Math.ceil(spoken / 60), { one: '# minute', other: '# minutes' })}.`}
      </span>
      <span aria-hidden>
        {left < longSeconds
          ? t`The server is busy. Retrying in ${left} s.`
          : t`The server is busy. Retrying in ${minutes} min.`}
      </span>
    </Banner>
  );
}
