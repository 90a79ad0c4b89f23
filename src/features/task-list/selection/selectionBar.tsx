import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar';
import CheckIcon from 'lucide-react/icons/check';
import CopyIcon from 'lucide-react/icons/copy';
import FlagIcon from 'lucide-react/icons/flag';
import MoreIcon from 'lucide-react/icons/ellipsis';
import MoveIcon from 'lucide-react/icons/folder-input';
import SelectAllIcon from 'lucide-react/icons/list-checks';
import TagIcon from 'lucide-react/icons/tag';
import TrashIcon from 'lucide-react/icons/trash-2';
import XIcon from 'lucide-react/icons/x';
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { importances } from '../../../domain/task/task.ts';
import type { Importance } from '../../../domain/task/task.ts';
import { Button, IconButton } from '../../../ui/controls/button.tsx';
import { useHotkeys } from '../../../ui/keyboard/hotkeys.ts';
import type { Hotkeys } from '../../../ui/keyboard/hotkeys.ts';
import { Shortcut } from '../../../ui/keyboard/shortcut.tsx';
import { MenuButton } from '../../../ui/overlays/menu.tsx';
import type { MenuEntry } from '../../../ui/overlays/menu.tsx';
import type { TaskCommand } from '../grid/gridKeys.ts';
import styles from './selectionBar.module.css';

type Props = {
  count: number;
  /** The importance that all of them have; null where they differ. */
  importance: Importance | null;
  onCommand: (command: Exclude<TaskCommand, 'open' | 'link'> | 'duplicate') => void;
  onImportance: (importance: Importance) => void;
  onAll: () => void;
  onClear: () => void;
};

/**
 * The number of selected tasks and the commands for all of them, at the foot of the list (docs/design.md#components).
 */
export function SelectionBar({ count, importance, onCommand, onImportance, onAll, onClear }: Props) {
  const { t } = useLingui();
  const { capabilities } = useDeps();
  const bar = useRef<HTMLDivElement>(null);
  const names: Readonly<Record<Importance, string>> = { low: t`Low`, normal: t`Normal`, high: t`High` };

  const keys: Readonly<Record<string, () => void>> = {
    D: () => onCommand('due'),
    M: () => onCommand('move'),
    C: () => onCommand('categories'),
    I: () => onCommand('importance'),
    Delete: () => onCommand('remove'),
    'Shift+Delete': () => onCommand('purge'),
    'Mod+A': onAll,
    Escape: onClear,
  };
  useHotkeys(Object.fromEntries(Object.entries(keys).map(([key, run]) => [key, meant(run)])), { scope: 'list' });

  /** A toolbar: the arrows go along it (ARIA Authoring Practices). */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClear();
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const stops = [...(bar.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])].filter((one) =>
      one.checkVisibility(),
    );
    const at = stops.findIndex((one) => one === document.activeElement);
    if (step === undefined || at < 0 || bar.current === null) return;
    const isMirrored = getComputedStyle(bar.current).direction === 'rtl';
    stops[(at + (isMirrored ? -step : step) + stops.length) % stops.length]?.focus();
    event.preventDefault();
  }

  const levels: MenuEntry = {
    kind: 'choice',
    id: 'importance',
    label: t`Importance`,
    value: importance,
    items: importances.toReversed().map((id) => ({ id, label: names[id] })),
    onChange: (id) => {
      const chosen = importances.find((one) => one === id);
      if (chosen !== undefined) onImportance(chosen);
    },
  };
  const move: readonly MenuEntry[] = capabilities.move
    ? [{ id: 'move', label: t`Move to…`, icon: <MoveIcon aria-hidden />, keys: 'M', onAction: () => onCommand('move') }]
    : [];
  const purge: readonly MenuEntry[] = capabilities.purge
    ? [
        {
          id: 'purge',
          label: t`Delete permanently`,
          icon: <TrashIcon aria-hidden />,
          keys: 'Shift+Delete',
          isDanger: true,
          onAction: () => onCommand('purge'),
        },
      ]
    : [];
  const more: readonly MenuEntry[] = [
    { id: 'due', label: t`Due date`, icon: <CalendarIcon aria-hidden />, keys: 'D', onAction: () => onCommand('due') },
    ...move,
    {
      id: 'categories',
      label: t`Categories`,
      icon: <TagIcon aria-hidden />,
      keys: 'C',
      onAction: () => onCommand('categories'),
    },
    { kind: 'submenu', id: 'levels', label: t`Importance`, icon: <FlagIcon aria-hidden />, items: [levels] },
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
    ...purge,
  ];

  return (
    <div className={styles['region']} data-selection-bar>
      <div
        ref={bar}
        role="toolbar"
        tabIndex={-1}
        aria-label={t`Selected tasks`}
        className={styles['bar']}
        onKeyDown={onKeyDown}
      >
        <span className={styles['count']}>{t`${plural(count, { one: '# selected', other: '# selected' })}`}</span>
        <Button
          variant="quiet"
          className={styles['first'] ?? ''}
          icon={<CheckIcon aria-hidden />}
          onPress={() => onCommand('toggle')}
        >
          <span className={styles['word']}>{t`Complete`}</span>
        </Button>
        <span className={styles['wide']}>
          <Button variant="quiet" icon={<CalendarIcon aria-hidden />} onPress={() => onCommand('due')}>
            <span className={styles['word']}>{t`Due`}</span>
            <Shortcut keys="D" />
          </Button>
          {capabilities.move && (
            <Button variant="quiet" icon={<MoveIcon aria-hidden />} onPress={() => onCommand('move')}>
              <span className={styles['word']}>{t`Move`}</span>
              <Shortcut keys="M" />
            </Button>
          )}
          <Button variant="quiet" icon={<TagIcon aria-hidden />} onPress={() => onCommand('categories')}>
            <span className={styles['word']}>{t`Category`}</span>
            <Shortcut keys="C" />
          </Button>
        </span>
        <span className={styles['space']} />
        <span className={styles['wide']}>
          <MenuButton
            label={t`Importance`}
            keys="I"
            icon={<FlagIcon aria-hidden />}
            items={[levels]}
            placement="top end"
          />
        </span>
        <IconButton
          label={t`Delete`}
          keys="Delete"
          icon={<TrashIcon aria-hidden />}
          onPress={() => onCommand('remove')}
        />
        <MenuButton
          label={t`More for the selected tasks`}
          icon={<MoreIcon aria-hidden />}
          items={more}
          placement="top end"
        />
        <IconButton label={t`Clear the selection`} keys="Escape" icon={<XIcon aria-hidden />} onPress={onClear} />
      </div>
    </div>
  );
}

/** What has keys of its own, or is about other tasks: the tree of folders, reminders, and fields, where Ctrl A means the text. */
const ownKeys =
  '[data-pane="sidebar"], [data-pane="reminders"], input:not([type="checkbox"]), textarea, [contenteditable="true"]';

/** From the list, the bar and the pane beside them alike. */
function meant(run: () => void): Hotkeys[string] {
  return ({ target }) => {
    if (target instanceof Element && target.closest(ownKeys) !== null) return false;
    run();
    return true;
  };
}
