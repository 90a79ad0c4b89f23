import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../data/account/useTimeZone.ts';
import { useDeps } from '../../data/dataProvider.tsx';
import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { commonPatterns } from '../../domain/recurrence/recurrencePatterns.ts';
import { reminderOptions } from '../../domain/task/reminderTimes.ts';
import type { LocalDateTime, ReminderOption } from '../../domain/task/reminderTimes.ts';
import { importances, taskStatuses } from '../../domain/task/task.ts';
import type { Importance, Recurrence, Task, TaskStatus } from '../../domain/task/task.ts';
import { dayOf, localOf, toDay } from '../../domain/time/time.ts';
import { StatusRing } from '../../ui/controls/statusRing.tsx';
import { firstWeekday } from '../../ui/dates/firstWeekday.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { shortDay, timeLabel } from '../../ui/labels/dateLabels.ts';
import { useLazyChunk } from '../../ui/loading/useLazyChunk.ts';
import { recurrenceSentence } from '../../ui/labels/recurrenceLabels.ts';
import { importanceLabels, statusLabels } from '../../ui/labels/taskLabels.ts';
import { ChoicePicker } from './choicePicker.tsx';
import type { PickerOption } from './choicePicker.tsx';

const parser = createLazyChunk(() => import('../../domain/naturalLanguage/parser.ts'));

type Props<Value> = {
  tasks: readonly Task[];
  onChoose: (value: Value) => void;
  onClose: () => void;
};

/** The value that all tasks have; undefined where they differ. */
function common<Value>(tasks: readonly Task[], valueOf: (task: Task) => Value): Value | undefined {
  const [first, ...others] = new Set(tasks.map(valueOf));
  return others.length === 0 ? first : undefined;
}

export function StatusPicker({ tasks, ...rest }: Props<TaskStatus>) {
  const { t, i18n } = useLingui();
  const status = common(tasks, (task) => task.status);
  return (
    <ChoicePicker
      {...rest}
      title={t`${plural(tasks.length, { one: 'Status of # task', other: 'Status of # tasks' })}`}
      label={t`Status`}
      placeholder={t`Type a status`}
      options={taskStatuses.map((value) => ({
        value,
        label: i18n._(statusLabels[value]),
        icon: <StatusRing status={value} />,
      }))}
      chosen={taskStatuses.findIndex((value) => value === status)}
    />
  );
}

export function ImportancePicker({ tasks, ...rest }: Props<Importance>) {
  const { t, i18n } = useLingui();
  const importance = common(tasks, (task) => task.importance);
  return (
    <ChoicePicker
      {...rest}
      title={t`${plural(tasks.length, { one: 'Importance of # task', other: 'Importance of # tasks' })}`}
      label={t`Importance`}
      placeholder={t`Type an importance`}
      options={importances.map((value) => ({ value, label: i18n._(importanceLabels[value]) }))}
      chosen={importances.findIndex((value) => value === importance)}
    />
  );
}

/** A rule and the first day of its series; null ends the series. */
export type RepeatChoice = { pattern: Recurrence['pattern'] } | null;

/**
 * The common patterns for the day of the first task, and the rule that there is, which Enter keeps. Rules of a person's own
 * are made in the open task.
 */
export function RepeatPicker({ tasks, onChoose, onClose }: Props<RepeatChoice>) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const [first] = tasks;
  const at = first?.start ?? first?.due ?? null;
  const patterns = commonPatterns(at === null ? today : dayOf(at, zone), firstWeekday(locale));
  const sentence = (rule: Parameters<typeof recurrenceSentence>[1]) =>
    recurrenceSentence(i18n, rule, { today, locale });
  const isNone = tasks.every(({ recurrence }) => recurrence === null);
  const rule = common(tasks, ({ recurrence }) => (recurrence === null ? null : sentence(recurrence)));
  const kept: readonly PickerOption<RepeatChoice | 'keep'>[] = isNone
    ? []
    : [{ value: 'keep', label: rule ?? t`Leave as they are` }];
  const options: readonly PickerOption<RepeatChoice | 'keep'>[] = [
    { value: null, label: t`Does not repeat` },
    ...kept,
    ...patterns
      .map((pattern) => ({ value: { pattern }, label: sentence({ pattern, range: { type: 'noEnd' } }) }))
      .filter(({ label }) => label !== rule),
  ];
  return (
    <ChoicePicker
      title={t`${plural(tasks.length, { one: 'Repeat # task', other: 'Repeat # tasks' })}`}
      label={t`Repeat`}
      placeholder={t`Type how often`}
      options={options}
      chosen={kept.length}
      onChoose={(choice) => (choice === 'keep' ? onClose() : onChoose(choice))}
      onClose={onClose}
    />
  );
}

/** Suggested times, and any other that is typed: “fri 14:00”. Null turns the reminder off. */
export function ReminderPicker({ tasks, ...rest }: Props<LocalDateTime | null>) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const { clock } = useDeps();
  const loaded = useLazyChunk(parser, true);
  const now = localOf(clock.now(), zone);
  const due = common(tasks, (task) => task.due);
  const names: Record<ReminderOption['name'], string> = {
    laterToday: t`Later today`,
    thisEvening: t`This evening`,
    tomorrow: t`Tomorrow morning`,
    onDueDay: t`On the due date`,
  };
  const detail = (at: LocalDateTime) => `${shortDay(toDay(at), today, locale)} ${timeLabel(at.slice(11, 16), locale)}`;
  const suggested = reminderOptions(now, due === null || due === undefined ? null : dayOf(due, zone));
  const options: readonly PickerOption<LocalDateTime | null>[] = [
    ...suggested.map((option) => ({ value: option.at, label: names[option.name], detail: detail(option.at) })),
    { value: null, label: t`No reminder` },
  ];
  function read(typed: string): PickerOption<LocalDateTime> | null {
    if (loaded.state !== 'here') return null;
    const meant = loaded.part.parseDay(typed, { now, locale });
    const day = meant?.day ?? (meant?.time === undefined || meant.time === null ? null : today);
    if (meant === null || day === null) return null;
    const at = `${day}T${meant.time?.slice(0, 5) ?? '09:00'}`;
    return at <= now.slice(0, 16) ? null : { value: at, label: detail(at) };
  }
  return (
    <ChoicePicker
      {...rest}
      title={t`${plural(tasks.length, { one: 'Reminder of # task', other: 'Reminder of # tasks' })}`}
      label={t`Reminder`}
      placeholder={t`Type a time: fri 14:00`}
      options={options}
      chosen={-1}
      read={read}
      isLoading={loaded.state === 'waiting'}
    />
  );
}
