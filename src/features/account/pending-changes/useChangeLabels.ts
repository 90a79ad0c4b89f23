import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Change } from '../../../domain/changes/change.ts';
import type { Importance, TaskStatus, TaskPatch } from '../../../domain/task/task.ts';
import { dayOf, midnightOf } from '../../../domain/time/time.ts';
import type { ZonedTime } from '../../../domain/time/time.ts';
import { dayLabel } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';

/** A change in words: what the person did, without the entity's name, which is shown above it. */
export function useChangeLabels(): (change: Change) => string {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();

  const statusWords: Record<TaskStatus, string> = {
    notStarted: t`Reopened`,
    inProgress: t`Marked in progress`,
    completed: t`Completed`,
    waitingOnOthers: t`Marked waiting on others`,
    deferred: t`Marked deferred`,
  };
  const importanceWords: Record<Importance, string> = {
    low: t`Importance set to low`,
    normal: t`Importance set to normal`,
    high: t`Importance set to high`,
  };
  const day = (time: ZonedTime) => dayLabel(dayOf(midnightOf(time), zone), today, locale);

  function patchWords(patch: TaskPatch): readonly string[] {
    const { body, status, importance, start, due } = patch;
    const subject = patch.subject === undefined ? undefined : truncateName(patch.subject);
    const said: (string | false | undefined | null)[] = [
      subject !== undefined && t`Renamed to “${subject}”`,
      due === null ? t`Due removed` : due && t`Due moved to ${day(due)}`,
      start === null ? t`Start removed` : start && t`Start moved to ${day(start)}`,
      status && statusWords[status],
      importance && importanceWords[importance],
      body !== undefined && t`Notes changed`,
      patch.categories !== undefined && t`Categories changed`,
      patch.sensitivity !== undefined && t`Sensitivity changed`,
    ];
    const words = said.filter((each): each is string => typeof each === 'string');
    return words.length === 0 ? [t`Changed`] : words;
  }

  const fixedWords: Record<
    Exclude<
      Change['kind'],
      'updateCategory' | 'renameGroup' | 'renameFolder' | 'updateTask' | 'addAttachment' | 'removeAttachment'
    >,
    string
  > = {
    createGroup: t`New group`,
    deleteGroup: t`Group deleted, its folders move to My Tasks`,
    createFolder: t`New folder`,
    deleteFolder: t`Folder deleted with its tasks`,
    moveFolder: t`Moved to another group`,
    restoreFolder: t`Folder restored with its tasks`,
    createCategory: t`New category`,
    deleteCategory: t`Category deleted and removed from every task`,
    createTask: t`New task`,
    completeTask: t`Completed`,
    deleteTask: t`Deleted`,
    moveTask: t`Moved to another folder`,
    restoreTask: t`Restored`,
    undoComplete: t`Marked as not done`,
  };

  return (change) => {
    if (change.kind === 'renameGroup' || change.kind === 'renameFolder')
      return t`Renamed from “${truncateName(change.was)}”`;
    if (change.kind === 'updateCategory')
      return change.name === change.was ? t`Colour changed` : t`Category renamed from “${truncateName(change.was)}”`;
    if (change.kind === 'addAttachment') return t`Attached “${truncateName(change.draft.name)}”`;
    if (change.kind === 'removeAttachment') return t`Removed “${truncateName(change.name)}”`;
    return change.kind === 'updateTask' ? patchWords(change.patch).join(' · ') : fixedWords[change.kind];
  };
}
