import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useServerId } from '../../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import { useTask } from '../../../data/tasks/useTasks.ts';
import { useTaskView } from '../../../data/tasks/useTaskViews.ts';
import { datePatch } from '../../../domain/changes/datePatch.ts';
import type { Task } from '../../../domain/task/task.ts';
import { addDays } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { nextMonday } from '../../../domain/time/weekdays.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { shortDay } from '../../../ui/labels/dateLabels.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { planQueue } from './planQueue.ts';

export type PlanChoice = 'today' | 'tomorrow' | 'nextWeek' | 'someday' | 'done';

/** Where it was decided, and how to undo it; null where nothing changed. */
type Step = { at: number; undo: (() => void) | null };

/** The tasks to decide, one after the other, with the way back. */
export function usePlan() {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const overdue = useTaskView('overdue', today, zone).data;
  const upcoming = useTaskView('upcoming', today, zone).data;
  const { run } = useTaskCommands();
  const serverId = useServerId();
  const [queue] = useState(() => planQueue(overdue, upcoming, today));
  const [at, setAt] = useState(0);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const queued = queue[at];
  const live = useTask(queued?.id ?? '').task;
  const task = live ?? queued;

  const days: Readonly<Record<Exclude<PlanChoice, 'done'>, Day | null>> = {
    today,
    tomorrow: addDays(today, 1),
    nextWeek: nextMonday(today),
    someday: null,
  };

  /** What was completed, deleted or moved to another day meanwhile needs no decision. */
  const isOpen = ({ id }: Task) => [overdue, upcoming].some(({ byId }) => byId.has(serverId(id)));
  function goOn(undo: Step['undo']) {
    const next = queue.findIndex((one, index) => index > at && isOpen(one));
    setSteps([...steps, { at, undo }]);
    setAt(next < 0 ? queue.length : next);
  }

  function setDue(of: Task, day: Day | null): Step['undo'] {
    const edit = datePatch(of, { field: 'due', day }, zone);
    if (edit === null) return null;
    const subject = truncateName(of.subject);
    const message =
      day === null ? t`“${subject}” has no due date now` : t`“${subject}” is due ${shortDay(day, today, locale)}`;
    return run({ kind: 'updateTask', task: of, patch: edit.patch }, { message, isShown: true }).undo;
  }

  return {
    task,
    /** Of all tasks to decide, from 1. */
    position: at + 1,
    total: queue.length,
    days,
    choose: (choice: PlanChoice) => {
      if (task === undefined) return;
      goOn(
        choice === 'done' ? run({ kind: 'completeTask', task }, { isShown: true }).undo : setDue(task, days[choice]),
      );
    },
    skip: () => task !== undefined && goOn(null),
    /** Goes back one task and undoes what was decided; undefined at the first one. */
    back: steps.at(-1) && (() => stepBack()),
  };

  function stepBack() {
    const last = steps.at(-1);
    if (last === undefined) return;
    last.undo?.();
    setSteps(steps.slice(0, -1));
    setAt(last.at);
  }
}
