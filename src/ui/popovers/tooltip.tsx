import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { loadTooltipLayer } from './tooltips.ts';
import styles from './tooltip.module.css';

export type TooltipProps = {
  /** The same words as the control's name: the tooltip shows them, the name says them. */
  label: string;
  keys?: string | undefined;
  placement?: 'top' | 'bottom';
  /** One element. */
  children: ReactNode;
};

/** A tooltip on hover (after a pause) and on keyboard focus. It never holds what is not also said elsewhere, except keys. */
export function Tooltip({ label, keys, placement = 'bottom', children }: TooltipProps) {
  useEffect(loadTooltipLayer, []);
  return (
    <span className={styles['anchor']} data-hint={label} data-hint-keys={keys} data-hint-placement={placement}>
      {children}
    </span>
  );
}
