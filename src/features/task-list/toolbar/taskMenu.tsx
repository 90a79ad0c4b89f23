import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar';
import CheckIcon from 'lucide-react/icons/check';
import CopyIcon from 'lucide-react/icons/copy';
import FlagIcon from 'lucide-react/icons/flag';
import MoveIcon from 'lucide-react/icons/folder-input';
import LinkIcon from 'lucide-react/icons/link';
import OpenIcon from 'lucide-react/icons/panel-right-open';
import ReopenIcon from 'lucide-react/icons/rotate-ccw';
import TrashIcon from 'lucide-react/icons/trash-2';
import { useMemo, useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { importances } from '../../../domain/task/task.ts';
import type { Task } from '../../../domain/task/task.ts';
import { addDays, dayOf, startOfWeek } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { MenuPopover } from '../../../ui/overlays/menu.tsx';
import type { MenuEntry } from '../../../ui/overlays/menu.tsx';
import type { TaskActions } from '../commands/useTaskActions.ts';
import type { RowTarget } from '../grid/taskGrid.tsx';

/** The row whose menu is open. `due` is the short menu of the calendar tool. */
export type OpenTaskMenu = {
  kind: 'all' | 'due';
  target: RowTarget;
  anchor: Element;
  at: { x: number; y: number } | null;
};

export type TaskMenuProps = {
  menu: OpenTaskMenu | null;
  actions: Pick<TaskActions, 'remove' | 'setDue' | 'setImportance'>;
  /** How many tasks it acts on: 1, or the selection that the row is part of. */
  count: number;
  /** To look at: nothing in it changes the task. */
  isReadOnly: boolean;
  onToggle: (target: RowTarget) => void;
  onErrand: (kind: 'move' | 'duplicate' | 'purge' | 'categories', task: Task) => void;
  onCopyLink: (task: Task) => void;
  onOpen: (task: Task) => void;
  onClose: () => void;
};

/** One menu for all rows: by its button, by right-click, by long press and by the menu key. */
export function TaskMenu({
  menu,
  actions,
  count,
  isReadOnly,
  onToggle,
  onErrand,
  onCopyLink,
  onOpen,
  onClose,
}: TaskMenuProps) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const { capabilities } = useDeps();
  // What was open stays drawn while it fades.
  const [shown, setShown] = useState(menu);
  if (menu !== null && menu !== shown) setShown(menu);
  const anchor = useMemo(() => ({ current: shown?.anchor ?? null }), [shown]);
  if (shown === null) return null;
  const { target, kind, at } = shown;
  const { task } = target;

  const due = task.due === null ? null : dayOf(task.due, zone);
  const days: readonly { id: string; label: string; day: Day | null }[] = [
    { id: 'today', label: t`Today`, day: today },
    { id: 'tomorrow', label: t`Tomorrow`, day: addDays(today, 1) },
    { id: 'nextWeek', label: t`Next week`, day: addDays(startOfWeek(today, 'monday'), 7) },
    { id: 'none', label: t`None`, day: null },
  ];
  const dueChoice: MenuEntry = {
    kind: 'choice',
    id: 'due',
    label: t`Due`,
    value: days.find(({ day }) => day === due)?.id ?? null,
    items: days.map(({ id, label }) => ({ id, label })),
    onChange: (id) => {
      const chosen = days.find((day) => day.id === id);
      if (chosen !== undefined) actions.setDue(task, chosen.day);
    },
  };
  const importanceNames = { low: t`Low`, normal: t`Normal`, high: t`High` };
  const isDone = count === 1 && task.status === 'completed';
  const open: MenuEntry = {
    id: 'open',
    label: t`Open`,
    icon: <OpenIcon aria-hidden />,
    keys: 'Enter',
    onAction: () => onOpen(task),
  };
  const link: MenuEntry = {
    id: 'link',
    label: t`Copy link`,
    icon: <LinkIcon aria-hidden />,
    keys: 'L',
    onAction: () => onCopyLink(task),
  };
  const all: readonly MenuEntry[] = [
    {
      id: 'toggle',
      label: isDone ? t`Reopen` : t`Complete`,
      icon: isDone ? <ReopenIcon aria-hidden /> : <CheckIcon aria-hidden />,
      keys: 'Space',
      onAction: () => onToggle(target),
    },
    ...(count > 1 ? [] : [open]),
    ...(capabilities.move
      ? [
          {
            id: 'move',
            label: t`Move to folder`,
            icon: <MoveIcon aria-hidden />,
            keys: 'M',
            onAction: () => onErrand('move', task),
          },
        ]
      : []),
    {
      id: 'duplicate',
      label: t`Duplicate`,
      icon: <CopyIcon aria-hidden />,
      onAction: () => onErrand('duplicate', task),
    },
    ...(count > 1 ? [] : [link]),
    { kind: 'divider', id: 'afterOpen' },
    { kind: 'submenu', id: 'dueMenu', label: t`Due date`, icon: <CalendarIcon aria-hidden />, items: [dueChoice] },
    {
      kind: 'submenu',
      id: 'importanceMenu',
      label: t`Importance`,
      icon: <FlagIcon aria-hidden />,
      items: [
        {
          kind: 'choice',
          id: 'importance',
          label: t`Importance`,
          value: task.importance,
          items: importances.toReversed().map((id) => ({ id, label: importanceNames[id] })),
          onChange: (id) => {
            const chosen = importances.find((importance) => importance === id);
            if (chosen !== undefined) actions.setImportance(task, chosen);
          },
        },
      ],
    },
    { kind: 'divider', id: 'beforeDelete' },
    {
      id: 'delete',
      label: t`Delete`,
      icon: <TrashIcon aria-hidden />,
      keys: 'Delete',
      isDanger: true,
      onAction: () => actions.remove(task),
    },
    ...(capabilities.purge
      ? [
          {
            id: 'purge',
            label: t`Delete permanently`,
            icon: <TrashIcon aria-hidden />,
            keys: 'Shift+Delete',
            isDanger: true,
            onAction: () => onErrand('purge', task),
          },
        ]
      : []),
  ];
  return (
    <MenuPopover
      label={
        count > 1
          ? t`Actions for ${count} selected tasks`
          : kind === 'due'
            ? t`Due date of “${task.subject}”`
            : t`Actions for “${task.subject}”`
      }
      items={isReadOnly ? [open, link] : kind === 'due' ? [dueChoice] : all}
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
