import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useToday } from '../../data/account/useTimeZone.ts';
import { CommandReporter } from '../../data/commandReport.tsx';
import type { CommandResult } from '../../data/commandReport.tsx';
import { errorCauseOf } from '../../data/errorCause.ts';
import { nextOccurrenceDay } from '../../domain/changes/completion.ts';
import type { Task } from '../../domain/task/task.ts';
import { zonedDay } from '../../domain/time/time.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { announce } from '../../ui/feedback/liveRegion.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { shortDay } from '../../ui/labels/dateLabels.ts';
import { errorMessage } from '../../ui/labels/errorMessages.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';

/** Shows the results of all commands below as toasts; all their texts are here. */
export function CommandToasts({ children }: { children: ReactNode }) {
  return <CommandReporter report={useCommandToasts()}>{children}</CommandReporter>;
}

function useCommandToasts() {
  const { t, i18n } = useLingui();
  const doneLabel = useDoneLabel();
  const reasonOf = (error: unknown) => i18n._(errorMessage(errorCauseOf(error)));
  const notSaved = (why: string) => t`Not saved. ${why}`;

  function showDone(result: Extract<CommandResult, { outcome: 'done' }>): () => void {
    const { end, count, undo } = result;
    const done = doneLabel(result);
    const action = undo === null ? undefined : { label: t`Undo`, keys: 'Mod+Z', onAction: undo };
    const error = (text: string) => show({ kind: 'error', text, action });
    if (end === 'notLoaded')
      return error(t`Nothing was changed. A part of the app is not on this device yet; try again when you are online.`);
    if (end === 'stopped') {
      const text = count === 0 ? t`Nothing was changed.` : done;
      return show({ text: t`Stopped. ${text}`, action });
    }
    if (end !== 'all') {
      const why = i18n._(errorMessage({ storage: end }));
      // One toast for both: a second one would replace the first.
      return error(count === 0 ? notSaved(why) : t`${done}, then stopped. ${why}`);
    }
    if (count === 0) return show({ text: t`Nothing to change.` });
    // The screen shows the edit of a field, so it needs no toast.
    if (done === '') return () => undefined;
    const { onShow } = result;
    const more = onShow && { label: t`Show`, onAction: onShow };
    if (result.isShown !== true) return show({ text: done, action, more });
    announce(done);
    return () => undefined;
  }

  function showLost({ command, total, lost }: Extract<CommandResult, { outcome: 'undone' }>): () => void {
    if (total > 1)
      return show({
        text: t`${plural(lost, { one: '# task cannot be restored any more.', other: '# tasks cannot be restored any more.' })}`,
      });
    return command?.kind === 'deleteTask'
      ? show({ text: t`“${truncateName(command.task.subject)}” is already deleted on the server.` })
      : show({ kind: 'error', text: t`This cannot be undone any more` });
  }

  /** What showed no toast when it was done may be off the screen when it is undone: a toast names it. */
  function showUndone(result: CommandResult): () => void {
    const { command } = result;
    const hadToast = doneLabel(result) !== '';
    const subject = command !== undefined && 'task' in command ? command.task.subject : null;
    if (hadToast || subject === null) announce(t`Undone`);
    else return show({ text: t`Undone: the change to “${truncateName(subject)}”` });
    return () => undefined;
  }

  return (result: CommandResult): (() => void) => {
    switch (result.outcome) {
      case 'done':
        return showDone(result);
      case 'undone':
        return result.lost > 0 ? showLost(result) : showUndone(result);
      case 'notUndone': {
        const why = reasonOf(result.error);
        return show({
          kind: 'error',
          text: result.total > 1 ? t`Not all of it was undone. ${why}` : notSaved(why),
        });
      }
      case 'notSaved':
        return show({ kind: 'error', text: notSaved(reasonOf(result.error)) });
    }
  };
}

function show(toast: Parameters<typeof toasts.show>[0]): () => void {
  const id = toasts.show(toast);
  return () => toasts.close(id);
}

/** The text for the result of a command; empty where it needs none. */
function useDoneLabel() {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();

  function completed(task: Task): string {
    const subject = truncateName(task.subject);
    const next = nextOccurrenceDay(task, zonedDay(today, zone));
    return next === null
      ? t`Completed “${subject}”`
      : t`Completed “${subject}”, next: ${shortDay(next, today, locale)}`;
  }

  return ({ command, total, count, message }: CommandResult): string => {
    if (message !== undefined) return message;
    if (command === undefined) return '';
    if (command.kind === 'completeTask')
      return total === 1
        ? completed(command.task)
        : t`${plural(count, { one: 'Completed # task', other: 'Completed # tasks' })}`;
    if (command.kind === 'deleteTask')
      return total === 1
        ? t`Deleted “${truncateName(command.task.subject)}”`
        : t`${plural(count, { one: 'Deleted # task', other: 'Deleted # tasks' })}`;
    if (command.kind === 'deleteCategory') return t`Deleted the category “${truncateName(command.name)}”`;
    return '';
  };
}
