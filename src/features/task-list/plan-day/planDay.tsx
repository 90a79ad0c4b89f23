import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ReactNode } from 'react';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useFolderNames } from '../../../data/folders/useFolders.ts';
import type { Task } from '../../../domain/task/task.ts';
import { dayOf } from '../../../domain/time/time.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { Shortcut } from '../../../ui/keyboard/shortcut.tsx';
import { dayLabel, dueTone, weekdayLabel } from '../../../ui/labels/dateLabels.ts';
import { Dialog } from '../../../ui/overlays/dialog.tsx';
import { usePlan } from './usePlan.ts';
import type { PlanChoice } from './usePlan.ts';
import styles from './planDay.module.css';

/** Overdue tasks and those of the next days, one after the other: one key or press decides each. */
export function PlanDay({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { task, position, total, days, choose, skip, back } = usePlan();
  const isOver = task === undefined;

  const choices: readonly { id: PlanChoice; label: string; keys: string; hint?: string }[] = [
    { id: 'today', label: t`Today`, keys: 'T' },
    { id: 'tomorrow', label: t`Tomorrow`, keys: 'M' },
    { id: 'nextWeek', label: t`Next week`, keys: 'W', hint: days.nextWeek ? weekdayLabel(days.nextWeek, locale) : '' },
    { id: 'someday', label: t`Someday`, keys: 'S' },
    { id: 'done', label: t`Done`, keys: 'D' },
  ];

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.shiftKey) return;
    const hasModifier = event.ctrlKey || event.metaKey;
    const key = event.key.toUpperCase();
    const choice = choices.find(({ keys }) => keys === key);
    if (hasModifier ? key === 'Z' : key === 'U') back?.();
    else if (hasModifier) return;
    else if (choice !== undefined) {
      // A held key must not decide one task after the other.
      if (!event.repeat) choose(choice.id);
    } else if (key === 'N') skip();
    else return;
    event.preventDefault();
  }

  return (
    <Dialog
      title={t`Plan my day`}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width={600}
      footer={
        isOver ? (
          <Button variant="primary" onPress={onClose}>
            <Trans>Close</Trans>
          </Button>
        ) : undefined
      }
    >
      <PlanFrame key={isOver ? 'end' : 'tasks'} onKeyDown={onKeyDown}>
        {isOver ? (
          <PlanEnd total={total} />
        ) : (
          <>
            <p className={styles['position']}>{t`${position} of ${total}`}</p>
            <PlannedTask task={task} />
            <div className={styles['choices']}>
              {choices.map(({ id, label, keys, hint }) => (
                <Button key={id} aria-keyshortcuts={keys} className={styles['choice'] ?? ''} onPress={() => choose(id)}>
                  <span className={styles['label']}>
                    {label} {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
                  </span>
                  <Shortcut keys={keys} />
                </Button>
              ))}
            </div>
          </>
        )}
        <div className={styles['ways']}>
          <Button variant="quiet" aria-keyshortcuts="U" isDisabled={back === undefined} onPress={() => back?.()}>
            <Trans>Undo</Trans> <Shortcut keys="U" />
          </Button>
          {!isOver && (
            <Button variant="quiet" aria-keyshortcuts="N" onPress={skip}>
              <Trans>Skip</Trans> <Shortcut keys="N" />
            </Button>
          )}
        </div>
      </PlanFrame>
    </Dialog>
  );
}

type FrameProps = { onKeyDown: (event: KeyboardEvent) => void; children: ReactNode };

/** Takes the focus, within which the keys work; also at the end, when the button that had it is gone. */
function PlanFrame({ onKeyDown, children }: FrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const handleKey = useEffectEvent(onKeyDown);
  useEffect(() => {
    const { current: element } = frame;
    const onKey = (event: KeyboardEvent) => handleKey(event);
    element?.focus();
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div ref={frame} tabIndex={-1} className={styles['plan']}>
      {children}
    </div>
  );
}

function PlannedTask({ task }: { task: Task }) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const folder = useFolderNames().get(task.folderId);
  const due = task.due === null ? null : dayOf(task.due, zone);
  return (
    <div className={styles['task']} aria-live="polite" aria-atomic>
      <p className={styles['subject']} dir="auto">
        {task.subject === '' ? t`No subject` : task.subject}
      </p>
      <p className={styles['line']}>
        {due !== null && <span data-tone={dueTone(due, today, false)}>{t`Due ${dayLabel(due, today, locale)}`}</span>}
        {folder !== undefined && <bdi>{folder}</bdi>}
        {task.categories.map((name) => (
          <bdi key={name}>{name}</bdi>
        ))}
      </p>
    </div>
  );
}

function PlanEnd({ total }: { total: number }) {
  return (
    <div className={styles['task']} aria-live="polite">
      <p className={styles['subject']}>
        {total === 0 ? <Trans>Nothing to plan</Trans> : <Trans>Your day is planned</Trans>}
      </p>
      <p className={styles['line']}>
        {total === 0 ? (
          <Trans>Nothing is overdue, and nothing is due in the next 7 days.</Trans>
        ) : (
          <Plural value={total} one="You went through # task." other="You went through # tasks." />
        )}
      </p>
    </div>
  );
}
