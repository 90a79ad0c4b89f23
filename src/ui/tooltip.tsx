import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { Keys } from './kbd.tsx';
import styles from './tooltip.module.css';

export type HintProps = {
  label: ReactNode;
  keys?: string | undefined;
  placement?: 'top' | 'bottom' | 'start' | 'end';
  /** One focusable React Aria element, or something inside its `Focusable`. */
  children: ReactNode;
};

/** A tooltip on hover (after a pause) and on keyboard focus. It never holds what is not also said elsewhere, except keys. */
export function Hint({ label, keys, placement = 'bottom', children }: HintProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={100}>
      {children}
      <Tooltip className={styles['tooltip'] ?? ''} placement={placement} offset={6}>
        {label}
        {keys !== undefined && <Keys keys={keys} isInverted />}
      </Tooltip>
    </TooltipTrigger>
  );
}
