import { useRef, useState } from 'react';
import type { PopoverProps } from 'react-aria-components/Popover';
import { IconButton } from '../controls/button.tsx';
import type { IconButtonProps } from '../controls/button.tsx';
import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import type { MenuEntry, MenuPopoverProps } from './menuEntry.ts';
import { useLazySurface } from './useLazySurface.ts';

export type { MenuEntry, MenuPopoverProps } from './menuEntry.ts';

const surface = createLazyChunk(() => import('./menuSurface.tsx'));

/**
 * One menu shared by many rows: give it the row's element (or the pointer) when it opens. Its surface is loaded when the
 * browser is idle, or when it first opens.
 */
export function MenuPopover(props: MenuPopoverProps) {
  const { isOpen, onOpenChange } = props;
  const loaded = useLazySurface(surface, isOpen, () => onOpenChange(false));
  return loaded && <loaded.MenuSurface {...props} />;
}

export type MenuButtonProps = Omit<IconButtonProps, 'onPress' | 'aria-haspopup' | 'aria-expanded' | 'children'> & {
  items: readonly MenuEntry[];
  placement?: PopoverProps['placement'];
};

/** An icon button with its menu. `label` names both. */
export function MenuButton({ items, label, placement = 'bottom end', ...rest }: MenuButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
        {...rest}
        ref={button}
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPress={() => setIsOpen(true)}
      />
      <MenuPopover
        label={label}
        items={items}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        triggerRef={button}
        placement={placement}
      />
    </>
  );
}
