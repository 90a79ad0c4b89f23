import CheckIcon from 'lucide-react/icons/check';
import ChevronIcon from 'lucide-react/icons/chevron-right';
import { useRef } from 'react';
import type { FocusEvent, ReactNode } from 'react';
import { Header, Menu, MenuItem, MenuSection, Popover, Separator, SubmenuTrigger } from 'react-aria-components/Menu';
import { Text } from 'react-aria-components/Text';
import { Shortcut } from '../keyboard/shortcut.tsx';
import type { MenuEntry, MenuPopoverProps } from './menuEntry.ts';
import { popoverClass } from '../popovers/popover.tsx';
import styles from './menu.module.css';

/** The menu itself, a lazy chunk: import `MenuPopover` from menu.tsx instead. */
export function MenuSurface(props: MenuPopoverProps) {
  const { label, items, isOpen, onOpenChange, triggerRef, at, placement = 'bottom start' } = props;
  const close = () => onOpenChange(false);
  return (
    <Popover
      aria-label={label}
      triggerRef={triggerRef}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      // At the pointer it opens sideways, so that it can shift up; below the pointer it would overflow a low window.
      placement={at ? 'end top' : placement}
      offset={at ? 2 : 6}
      className={popoverClass}
      {...(at ? { getTargetRect: () => new DOMRect(besidePointer(at.x), at.y, 0, 0) } : {})}
    >
      <FocusChosen>
        <Menu aria-label={label} className={styles['menu'] ?? ''} autoFocus="first" onClose={close}>
          {items.map((entry) => drawEntry(entry, close))}
        </Menu>
      </FocusChosen>
    </Popover>
  );
}

/** Moves the first focus in a menu to its chosen item, so that Enter keeps what is set. */
function FocusChosen({ children }: { children: ReactNode }) {
  const hasMoved = useRef(false);
  function onFocus({ target, currentTarget }: FocusEvent) {
    // The menu has the focus before its items do.
    if (hasMoved.current || !target.matches('[role^="menuitem"]')) return;
    hasMoved.current = true;
    currentTarget.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  }
  return (
    <div role="presentation" className={styles['contents']} onFocus={onFocus}>
      {children}
    </div>
  );
}

/** Width of the widest menu including its margin, in CSS pixels. */
const maxWidth = 264;

/** The inline start of a menu at the pointer, shifted so that the menu fits into the window. */
function besidePointer(x: number): number {
  return document.documentElement.dir === 'rtl' ? Math.max(x, maxWidth) : Math.min(x, window.innerWidth - maxWidth);
}

/** @param close closes the whole menu: without a React Aria trigger, a choice in a submenu does not. */
function drawEntry(entry: MenuEntry, close: () => void): ReactNode {
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
            <FocusChosen>
              <Menu aria-label={entry.label} className={styles['menu'] ?? ''} onClose={close}>
                {entry.items.map((inside) => drawEntry(inside, close))}
              </Menu>
            </FocusChosen>
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
                  <span className={styles['label']}>
                    <Text slot="label">{item.label}</Text>
                    {item.text !== undefined && (
                      <Text slot="description" className={styles['text'] ?? ''}>
                        {item.text}
                      </Text>
                    )}
                  </span>
                  {item.keys !== undefined && <Shortcut keys={item.keys} isPlain />}
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
          {entry.keys !== undefined && <Shortcut keys={entry.keys} isPlain />}
        </MenuItem>
      );
  }
}
