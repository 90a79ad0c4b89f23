import type { ReactNode, RefObject } from 'react';
import type { PopoverProps } from 'react-aria-components/Popover';

type MenuAction = {
  kind?: 'action';
  id: string;
  label: string;
  icon?: ReactNode;
  /** Shown at the end of the row, in the format of `Shortcut`. */
  keys?: string | undefined;
  isDanger?: boolean;
  isDisabled?: boolean;
  onAction: () => void;
};

type MenuDivider = { kind: 'divider'; id: string };

/** Opens with the right arrow key. */
type MenuSubmenu = { kind: 'submenu'; id: string; label: string; icon?: ReactNode; items: readonly MenuEntry[] };

/** One of several options, with a check mark at the chosen one; `text` below a label explains it. */
type MenuChoice = {
  kind: 'choice';
  id: string;
  label: string;
  value: string | null;
  items: readonly { id: string; label: string; text?: string; icon?: ReactNode; keys?: string | undefined }[];
  onChange: (id: string) => void;
};

/** Why an option is not offered. Arrow keys skip it, so the menu's own label must say it, too. */
type MenuNote = { kind: 'note'; id: string; text: string };

export type MenuEntry = MenuNote | MenuAction | MenuDivider | MenuSubmenu | MenuChoice;

export type MenuPopoverProps = {
  /** The accessible name, announced when it opens. */
  label: string;
  items: readonly MenuEntry[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Where it opens, and where focus returns. */
  triggerRef: RefObject<Element | null>;
  /** Opens at this position instead, in client pixels: context menus. */
  at?: { x: number; y: number } | null | undefined;
  placement?: PopoverProps['placement'];
};
