import { useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { PopoverProps } from 'react-aria-components/Popover';
import { IconButton } from '../controls/button.tsx';
import type { IconButtonProps } from '../controls/button.tsx';
import { createLazyChunk } from '../loading/lazyChunk.ts';
import { useLazySurface } from './useLazySurface.ts';

export type MenuAction = {
  kind?: 'action';
  id: string;
  label: string;
  icon?: ReactNode;
  /** Printed at the right, as `Keys` writes it. */
  keys?: string | undefined;
  isDanger?: boolean;
  isDisabled?: boolean;
  onAction: () => void;
};

export type MenuDivider = { kind: 'divider'; id: string };

/** Opens on Right. */
export type MenuSubmenu = { kind: 'submenu'; id: string; label: string; icon?: ReactNode; items: readonly MenuEntry[] };

/** One of several, the chosen one ticked; `text` under a label says what it means. */
export type MenuChoice = {
  kind: 'choice';
  id: string;
  label: string;
  value: string | null;
  items: readonly { id: string; label: string; text?: string; icon?: ReactNode; keys?: string | undefined }[];
  onChange: (id: string) => void;
};

/** Why something is not offered. Arrows pass over it, so the menu's own label has to say it as well. */
export type MenuNote = { kind: 'note'; id: string; text: string };

export type MenuEntry = MenuNote | MenuAction | MenuDivider | MenuSubmenu | MenuChoice;

export type MenuPopoverProps = {
  /** Its name, read out when it opens. */
  label: string;
  items: readonly MenuEntry[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Where it opens, and where focus returns. */
  triggerRef: RefObject<Element | null>;
  /** Opens at the pointer instead, in client pixels: context menus. */
  at?: { x: number; y: number } | null | undefined;
  placement?: PopoverProps['placement'];
};

const surface = createLazyChunk(() => import('./menuSurface.tsx'));

/**
 * One menu shared by many rows: give it the row's element (or the pointer) when it opens. Its surface is fetched when the
 * browser is idle, or at once when it opens before that.
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
