import { useLingui } from '@lingui/react/macro';
import ChevronIcon from 'lucide-react/icons/chevron-right';
import RepeatIcon from 'lucide-react/icons/repeat';
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { commonPatterns, firstDayOfPattern, isSamePattern } from '../../../domain/recurrence/recurrencePatterns.ts';
import type { RecurrencePattern } from '../../../domain/recurrence/recurrencePatterns.ts';
import type { Recurrence, Task } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { MenuPopover } from '../../../ui/overlays/menu.tsx';
import type { MenuEntry } from '../../../ui/overlays/menu.tsx';
import { recurrenceSentence } from '../../../ui/labels/recurrenceLabels.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import { firstWeekday } from '../../../ui/dates/firstWeekday.ts';
import type { TaskDates } from '../../../domain/time/startDueRules.ts';
import type { RepeatForm } from './repeatForm.ts';
import styles from './repeatRow.module.css';

const dialog = createLazyChunk(() => import('./repeatDialog.tsx'));

type Props = {
  task: Task;
  dates: TaskDates;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** `first` is the first day of the new series. */
  onRule: (rule: Recurrence | null, first: Day | null) => void;
};

/** The recurrence in words; pressing it offers common patterns and a form for others. */
export function RepeatRow({ task, dates, isOpen, onOpenChange, onRule }: Props) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const trigger = useRef<HTMLButtonElement>(null);
  const [isCustom, setIsCustom] = useState(false);
  // Escape keeps the form's draft; Cancel and Done discard it.
  const [draft, setDraft] = useState<RepeatForm | null>(null);
  const surface = useLazySurface(dialog, isCustom, () => setIsCustom(false));
  const rule = task.recurrence;
  const day = dates.start ?? dates.due ?? today;
  const context = { today, locale };

  function choose(pattern: RecurrencePattern) {
    const first = firstDayOfPattern(pattern, day) ?? day;
    onRule({ pattern, range: { type: 'noEnd', startDate: first, zone } }, first);
  }

  const sentence = rule === null ? t`Does not repeat` : recurrenceSentence(i18n, rule, context);
  const patterns = commonPatterns(day, firstWeekday(locale));
  const isPlain = rule !== null && rule.range.type === 'noEnd';
  const chosen = isPlain ? patterns.findIndex((pattern) => isSamePattern(pattern, rule.pattern)) : -1;
  const items: readonly MenuEntry[] = [
    {
      kind: 'choice',
      id: 'repeat',
      label: t`Repeat`,
      value: rule === null ? 'never' : chosen >= 0 ? String(chosen) : 'own',
      items: [
        { id: 'never', label: t`Does not repeat` },
        // A custom rule is listed, so that it can be kept.
        ...(rule === null || chosen >= 0 ? [] : [{ id: 'own', label: sentence }]),
        ...patterns.map((pattern, at) => ({
          id: String(at),
          label: recurrenceSentence(i18n, { pattern, range: { type: 'noEnd' } }, context),
        })),
      ],
      onChange: (id) => {
        const pattern = patterns[Number(id)];
        if (id === 'never') onRule(null, null);
        else if (pattern !== undefined) choose(pattern);
      },
    },
    { kind: 'divider', id: 'beforeCustom' },
    {
      id: 'custom',
      label: t`Custom…`,
      onAction: () => setIsCustom(true),
    },
  ];
  return (
    <>
      <Button
        ref={trigger}
        className={styles.row ?? ''}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={t`Repeat: ${sentence}`}
        onPress={() => onOpenChange(true)}
      >
        <RepeatIcon aria-hidden />
        <span className={styles.label}>{sentence}</span>
        <ChevronIcon className="mirrored" aria-hidden />
      </Button>
      <MenuPopover
        label={t`Repeat`}
        items={items}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        triggerRef={trigger}
        at={null}
        placement="bottom start"
      />
      {surface !== null && (
        <surface.RepeatDialog
          task={task}
          day={day}
          draft={draft}
          onDraft={setDraft}
          isOpen={isCustom}
          onClose={() => setIsCustom(false)}
          onRule={onRule}
        />
      )}
    </>
  );
}
