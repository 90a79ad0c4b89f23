import type { ReactNode, RefObject } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover as AriaPopover } from 'react-aria-components/Popover';
import type { PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover';
import styles from './popover.module.css';

/** The surface of menus, pickers and popovers: raised, with a soft shadow, opening with a movement of 4 px. */
export const popoverClass = styles['popover'] ?? '';

export type PopoverProps = {
  /** The accessible name, announced when it opens. */
  label: string;
  triggerRef: RefObject<Element | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  placement?: AriaPopoverProps['placement'];
  className?: string | undefined;
  children: ReactNode;
};

/** A small surface beside its opener. The focus moves in and returns; Escape and a press outside close it. */
export function Popover({ label, className = '', placement = 'bottom start', children, ...rest }: PopoverProps) {
  return (
    <AriaPopover {...rest} placement={placement} offset={6} className={popoverClass}>
      <Dialog aria-label={label} className={className}>
        {children}
      </Dialog>
    </AriaPopover>
  );
}
