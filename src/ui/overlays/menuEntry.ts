import type { ReactNode, RefObject } from 'react';
import type { PopoverProps } from 'react-aria-components/Popover';

type MenuAction = {
  kind?: 'action';
  id: string;
  label: string;
  icon?: ReactNode;
  /** Printed at the right, as `Shortcut` writes it. */
  keys?: string | undefined;
  isDanger?: boolean;
  isDisabled?: boolean;
  onAction: () => void;
};

type MenuDivider = { kind: 'divider'; id: string };

/** Opens on Right. */
type MenuSubmenu = { kind: 'submenu'; id: string; label: string; icon?: ReactNode; items: readonly MenuEntry[] };

/** One of several, the chosen one ticked; `text` under a label says what it means. */
type MenuChoice = {
  kind: 'choice';
  id: string;
  label: string;
  value: string | null;
  items: readonly { id: string; label: string; text?: string; icon?: ReactNode; keys?: string | undefined }[];
  onChange: (id: string) => void;
};

/** Why something is not offered. Arrows skip it, so the menu's own label has to say it, too. */
type MenuNote = { kind: 'note'; id: string; text: string };

export type MenuEntry = MenuNote | MenuAction | MenuDivider | MenuSubmenu | MenuChoice;

export type MenuPopoverProps = {
  /** Its name, read out when it opens. */
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
