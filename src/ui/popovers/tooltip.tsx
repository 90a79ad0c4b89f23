import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { loadTooltipLayer } from './tooltips.ts';
import styles from './tooltip.module.css';

export type TooltipProps = {
  /** The control's accessible name. */
  label: string;
  keys?: string | undefined;
  placement?: 'top' | 'bottom';
  /** One element. */
  children: ReactNode;
};

/** A tooltip on hover (after a delay) and on keyboard focus. Apart from keys it only repeats the control's name. */
export function Tooltip({ label, keys, placement = 'bottom', children }: TooltipProps) {
  useEffect(loadTooltipLayer, []);
  return (
    <span className={styles['anchor']} data-hint={label} data-hint-keys={keys} data-hint-placement={placement}>
      {children}
    </span>
  );
}
