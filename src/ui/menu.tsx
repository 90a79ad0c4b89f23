import CheckIcon from 'lucide-react/icons/check';
import ChevronIcon from 'lucide-react/icons/chevron-right';
import { useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { Header, Menu, MenuItem, MenuSection, Popover, Separator, SubmenuTrigger } from 'react-aria-components/Menu';
import type { PopoverProps } from 'react-aria-components/Menu';
import { IconButton } from './button.tsx';
import type { IconButtonProps } from './button.tsx';
import { Keys } from './kbd.tsx';
import { popoverClass } from './popover.tsx';
import styles from './menu.module.css';

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

/** One of several, the chosen one ticked. */
export type MenuChoice = {
  kind: 'choice';
  id: string;
  label: string;
  value: string | null;
  items: readonly { id: string; label: string; icon?: ReactNode; keys?: string | undefined }[];
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

/** One menu shared by many rows: give it the row's element (or the pointer) when it opens. */
export function MenuPopover(props: MenuPopoverProps) {
  const { label, items, isOpen, onOpenChange, triggerRef, at, placement = 'bottom start' } = props;
  return (
    <Popover
      aria-label={label}
      triggerRef={triggerRef}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      placement={placement}
      offset={at ? 2 : 6}
      className={popoverClass}
      {...(at ? { getTargetRect: () => new DOMRect(at.x, at.y, 0, 0) } : {})}
    >
      <Menu aria-label={label} className={styles['menu'] ?? ''} autoFocus="first" onClose={() => onOpenChange(false)}>
        {items.map(drawEntry)}
      </Menu>
    </Popover>
  );
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

function drawEntry(entry: MenuEntry): ReactNode {
  switch (entry.kind) {
    case 'divider':
      return <Separator key={entry.id} className={styles['line'] ?? ''} />;
    case 'note':
      return (
        <MenuItem key={entry.id} id={entry.id} textValue={entry.text} isDisabled className={styles['note'] ?? ''}>
          {entry.text}
        </MenuItem>
      );
    case 'submenu':
      return (
        <SubmenuTrigger key={entry.id}>
          <MenuItem id={entry.id} textValue={entry.label} className={styles['item'] ?? ''}>
            {entry.icon}
            <span className={styles['label']}>{entry.label}</span>
            <ChevronIcon className="mirrored" aria-hidden />
          </MenuItem>
          <Popover aria-label={entry.label} className={popoverClass} offset={-2} crossOffset={-8}>
            <Menu aria-label={entry.label} className={styles['menu'] ?? ''}>
              {entry.items.map(drawEntry)}
            </Menu>
          </Popover>
        </SubmenuTrigger>
      );
    case 'choice':
      return (
        <MenuSection
          key={entry.id}
          aria-label={entry.label}
          className={styles['section'] ?? ''}
          selectionMode="single"
          disallowEmptySelection={entry.value !== null}
          selectedKeys={entry.value === null ? [] : [entry.value]}
          onSelectionChange={(keys) => {
            const [chosen] = keys === 'all' ? [] : keys;
            if (typeof chosen === 'string') entry.onChange(chosen);
          }}
        >
          <Header className={styles['head'] ?? ''}>{entry.label}</Header>
          {entry.items.map((item) => (
            <MenuItem key={item.id} id={item.id} textValue={item.label} className={styles['item'] ?? ''}>
              {({ isSelected }) => (
                <>
                  {item.icon}
                  <span className={styles['label']}>{item.label}</span>
                  {item.keys !== undefined && <Keys keys={item.keys} isPlain />}
                  {isSelected && <CheckIcon aria-hidden />}
                </>
              )}
            </MenuItem>
          ))}
        </MenuSection>
      );
    default:
      return (
        <MenuItem
          key={entry.id}
          id={entry.id}
          textValue={entry.label}
          isDisabled={entry.isDisabled ?? false}
          onAction={entry.onAction}
          className={`${styles['item']} ${entry.isDanger ? styles['danger'] : ''}`}
        >
          {entry.icon}
          <span className={styles['label']}>{entry.label}</span>
          {entry.keys !== undefined && <Keys keys={entry.keys} isPlain />}
        </MenuItem>
      );
  }
}
