import { useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { MenuPopover } from '../../../ui/overlays/menu.tsx';
import type { OpenTaskMenu, TaskMenuProps } from './taskMenuProps.ts';
import { useTaskMenuItems } from './useTaskMenuItems.tsx';

/** One menu for all rows: opened by its button, right-click, a long press or the menu key. */
export function TaskMenu(props: TaskMenuProps) {
  const { menu } = props;
  // A closed menu keeps its content while it fades out.
  const [shown, setShown] = useState(menu);
  if (menu !== null && menu !== shown) setShown(menu);
  return shown === null ? null : <TaskMenuPopover {...props} shown={shown} />;
}

function TaskMenuPopover({ shown, menu, isReadOnly, onClose, ...rest }: TaskMenuProps & { shown: OpenTaskMenu }) {
  const { t } = useLingui();
  const { count } = rest;
  const { target, kind, at } = shown;
  const { task } = target;
  const anchor = useMemo(() => ({ current: shown.anchor }), [shown]);
  const items = useTaskMenuItems(target, rest);
  return (
    <MenuPopover
      label={
        count > 1
          ? t`Actions for ${count} selected tasks`
          : kind === 'due'
            ? t`Due date of “${task.subject}”`
            : t`Actions for “${task.subject}”`
      }
      items={isReadOnly ? items.readOnly : items[kind]}
      isOpen={menu !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      triggerRef={anchor}
      at={at}
      placement={at === null ? 'bottom end' : 'bottom start'}
    />
  );
}
