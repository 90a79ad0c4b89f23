import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar';
import CheckIcon from 'lucide-react/icons/check';
import FlagIcon from 'lucide-react/icons/flag';
import MoreIcon from 'lucide-react/icons/ellipsis';
import MoveIcon from 'lucide-react/icons/folder-input';
import TagIcon from 'lucide-react/icons/tag';
import TrashIcon from 'lucide-react/icons/trash-2';
import XIcon from 'lucide-react/icons/x';
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { Button, IconButton } from '../../../ui/controls/button.tsx';
import { Shortcut } from '../../../ui/keyboard/shortcut.tsx';
import { MenuButton } from '../../../ui/overlays/menu.tsx';
import type { SelectionBarProps } from './selectionBarProps.ts';
import { useImportanceChoice } from './useImportanceChoice.ts';
import { useSelectionHotkeys } from './useSelectionHotkeys.ts';
import { useSelectionMenu } from './useSelectionMenu.tsx';
import styles from './selectionBar.module.css';

/** The number of selected tasks and the commands for them, below the list (docs/design.md#components). */
export function SelectionBar({ count, importance, onCommand, onImportance, onAll, onClear }: SelectionBarProps) {
  const { t } = useLingui();
  const { capabilities } = useDeps();
  const bar = useRef<HTMLDivElement>(null);
  const importanceChoice = useImportanceChoice(importance, onImportance);
  const menuItems = useSelectionMenu(importanceChoice, { onCommand, onAll });
  useSelectionHotkeys({ onCommand, onAll, onClear });

  /** Arrows move between the buttons (ARIA Authoring Practices, toolbar). */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClear();
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const buttons = [...(bar.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])].filter((button) =>
      button.checkVisibility(),
    );
    const focused = buttons.findIndex((button) => button === document.activeElement);
    if (step === undefined || focused < 0 || bar.current === null) return;
    const isMirrored = getComputedStyle(bar.current).direction === 'rtl';
    buttons[(focused + (isMirrored ? -step : step) + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  }

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
          <span className={styles['actionLabel']}>{t`Complete`}</span>
        </Button>
        <span className={styles['wide']}>
          <Button variant="quiet" icon={<CalendarIcon aria-hidden />} onPress={() => onCommand('due')}>
            <span className={styles['actionLabel']}>{t`Due`}</span>
            <Shortcut keys="D" />
          </Button>
          {capabilities.move && (
            <Button variant="quiet" icon={<MoveIcon aria-hidden />} onPress={() => onCommand('move')}>
              <span className={styles['actionLabel']}>{t`Move`}</span>
              <Shortcut keys="M" />
            </Button>
          )}
          <Button variant="quiet" icon={<TagIcon aria-hidden />} onPress={() => onCommand('categories')}>
            <span className={styles['actionLabel']}>{t`Category`}</span>
            <Shortcut keys="C" />
          </Button>
        </span>
        <span className={styles['space']} />
        <span className={styles['wide']}>
          <MenuButton
            label={t`Importance`}
            keys="I"
            icon={<FlagIcon aria-hidden />}
            items={[importanceChoice]}
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
          items={menuItems}
          placement="top end"
        />
        <IconButton label={t`Clear the selection`} keys="Escape" icon={<XIcon aria-hidden />} onPress={onClear} />
      </div>
    </div>
  );
}
