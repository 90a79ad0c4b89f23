import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar';
import CopyIcon from 'lucide-react/icons/copy';
import FlagIcon from 'lucide-react/icons/flag';
import MoveIcon from 'lucide-react/icons/folder-input';
import SelectAllIcon from 'lucide-react/icons/list-checks';
import TagIcon from 'lucide-react/icons/tag';
import TrashIcon from 'lucide-react/icons/trash-2';
import { useDeps } from '../../../data/dataProvider.tsx';
import type { MenuEntry } from '../../../ui/overlays/menu.tsx';
import type { SelectionBarProps } from './selectionBarProps.ts';

/** The entries of the selection's "More" menu. */
export function useSelectionMenu(
  importanceChoice: MenuEntry,
  { onCommand, onAll }: Pick<SelectionBarProps, 'onCommand' | 'onAll'>,
): readonly MenuEntry[] {
  const { t } = useLingui();
  const { capabilities } = useDeps();
  const move: MenuEntry = {
    id: 'move',
    label: t`Move to…`,
    icon: <MoveIcon aria-hidden />,
    keys: 'M',
    onAction: () => onCommand('move'),
  };
  const purge: MenuEntry = {
    id: 'purge',
    label: t`Delete permanently`,
    icon: <TrashIcon aria-hidden />,
    keys: 'Shift+Delete',
    isDanger: true,
    onAction: () => onCommand('purge'),
  };
  return [
    { id: 'due', label: t`Due date`, icon: <CalendarIcon aria-hidden />, keys: 'D', onAction: () => onCommand('due') },
    ...(capabilities.move ? [move] : []),
    {
      id: 'categories',
      label: t`Categories`,
      icon: <TagIcon aria-hidden />,
      keys: 'C',
      onAction: () => onCommand('categories'),
    },
    { kind: 'submenu', id: 'levels', label: t`Importance`, icon: <FlagIcon aria-hidden />, items: [importanceChoice] },
    { id: 'duplicate', label: t`Duplicate`, icon: <CopyIcon aria-hidden />, onAction: () => onCommand('duplicate') },
    { kind: 'divider', id: 'all' },
    { id: 'selectAll', label: t`Select all`, icon: <SelectAllIcon aria-hidden />, keys: 'Mod+A', onAction: onAll },
    { kind: 'divider', id: 'beforeDelete' },
    {
      id: 'delete',
      label: t`Delete`,
      icon: <TrashIcon aria-hidden />,
      keys: 'Delete',
      isDanger: true,
      onAction: () => onCommand('remove'),
    },
    ...(capabilities.purge ? [purge] : []),
  ];
}
