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
import { useDeps } from '../../../data/dataProvider.tsx';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Task } from '../../../domain/task/task.ts';
import { addDays, dayOf } from '../../../domain/time/time.ts';
import { nextMonday } from '../../../domain/time/weekdays.ts';
import type { Day } from '../../../domain/time/time.ts';
import type { MenuEntry } from '../../../ui/overlays/menu.tsx';
import type { RowTarget } from '../row/rowTarget.ts';
import { useImportanceChoice } from '../selection/useImportanceChoice.ts';
import type { TaskMenuProps } from './taskMenuProps.ts';

type Props = Omit<TaskMenuProps, 'menu' | 'isReadOnly' | 'onClose'>;

/** The entries of a row's menu: all of them, the due dates alone, and those of a read-only list. */
export function useTaskMenuItems(target: RowTarget, { actions, count, ...handlers }: Props) {
  const { t } = useLingui();
  const { capabilities } = useDeps();
  const { onToggle, onBulkAction, onCopyLink, onOpen } = handlers;
  const { task } = target;
  const dueChoice = useDueChoice(task, actions.setDue);
  const importanceChoice = useImportanceChoice(task.importance, (importance) =>
    actions.setImportance(task, importance),
  );
  const isReopening = count === 1 && task.status === 'completed';

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
  const move: MenuEntry = {
    id: 'move',
    label: t`Move to folder`,
    icon: <MoveIcon aria-hidden />,
    keys: 'M',
    onAction: () => onBulkAction('move', task),
  };
  const purge: MenuEntry = {
    id: 'purge',
    label: t`Delete permanently`,
    icon: <TrashIcon aria-hidden />,
    keys: 'Shift+Delete',
    isDanger: true,
    onAction: () => onBulkAction('purge', task),
  };
  const all: readonly MenuEntry[] = [
    {
      id: 'toggle',
      label: isReopening ? t`Reopen` : t`Complete`,
      icon: isReopening ? <ReopenIcon aria-hidden /> : <CheckIcon aria-hidden />,
      keys: 'Space',
      onAction: () => onToggle(target),
    },
    ...(count > 1 ? [] : [open]),
    ...(capabilities.move ? [move] : []),
    {
      id: 'duplicate',
      label: t`Duplicate`,
      icon: <CopyIcon aria-hidden />,
      onAction: () => onBulkAction('duplicate', task),
    },
    ...(count > 1 ? [] : [link]),
    { kind: 'divider', id: 'afterOpen' },
    { kind: 'submenu', id: 'dueMenu', label: t`Due date`, icon: <CalendarIcon aria-hidden />, items: [dueChoice] },
    {
      kind: 'submenu',
      id: 'importanceMenu',
      label: t`Importance`,
      icon: <FlagIcon aria-hidden />,
      items: [importanceChoice],
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
    ...(capabilities.purge ? [purge] : []),
  ];
  return { all, due: [dueChoice], readOnly: [open, link] } satisfies Record<string, readonly MenuEntry[]>;
}

function useDueChoice(task: Task, setDue: (task: Task, day: Day | null) => void): MenuEntry {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const due = task.due === null ? null : dayOf(task.due, zone);
  const days: readonly { id: string; label: string; day: Day | null }[] = [
    { id: 'today', label: t`Today`, day: today },
    { id: 'tomorrow', label: t`Tomorrow`, day: addDays(today, 1) },
    { id: 'nextWeek', label: t`Next week`, day: nextMonday(today) },
    { id: 'none', label: t`None`, day: null },
  ];
  return {
    kind: 'choice',
    id: 'due',
    label: t`Due`,
    value: days.find(({ day }) => day === due)?.id ?? null,
    items: days.map(({ id, label }) => ({ id, label })),
    onChange: (id) => {
      const chosen = days.find((day) => day.id === id);
      if (chosen !== undefined) setDue(task, chosen.day);
    },
  };
}
