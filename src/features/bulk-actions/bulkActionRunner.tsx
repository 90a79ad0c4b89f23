import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useCurrentBulkAction, useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import { useSyncStatus } from '../../data/outbox/usePendingChanges.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { BulkCategoryPicker } from './bulkCategoryPicker.tsx';
import { DueDatePicker } from './dueDatePicker.tsx';
import { FolderPicker } from './folderPicker.tsx';
import { ProgressCard } from './progressCard.tsx';
import { PurgeTasksDialog } from './purgeTasksDialog.tsx';
import { useAddTasks } from './useAddTasks.ts';
import { useDuplicateTasks } from './useDuplicateTasks.ts';
import { useFolderMove } from './useFolderMove.ts';
import { useBulkActionHandlers } from './useBulkActionHandlers.ts';
import { usePurgeTasks } from './usePurgeTasks.ts';
import { useMoveTargets } from './useMoveTargets.ts';
import { useBatchJob } from './useBatchJob.tsx';

/** Does what was asked for, one errand after the other; those that need an answer ask first. */
export function BulkActionRunner() {
  const { t } = useLingui();
  const errand = useCurrentBulkAction();
  const { complete } = useBulkActions();
  const { state } = useSyncStatus();
  /** The errand whose question was answered: its work is under way. */
  const [answered, setAnswered] = useState<QueuedAction | null>(null);
  const mailbox = errand === null || errand.kind === 'moveFolder' ? 'me' : errand.mailbox;
  const working = useBatchJob();
  const perform = useBulkActionHandlers(mailbox, working);
  const duplicate = useDuplicateTasks(mailbox, working);
  const purge = usePurgeTasks(mailbox, working.setProgress);
  const moveFolder = useFolderMove();
  const addMany = useAddTasks(working);
  const targets = useMoveTargets(mailbox);

  /** Answers null for an errand that waits for the person. */
  function workFor(one: QueuedAction): Promise<unknown> | null {
    switch (one.kind) {
      case 'complete':
        return perform.complete(one.tasks);
      case 'delete':
        return perform.remove(one.tasks);
      case 'duplicate':
        return duplicate(one.tasks);
      case 'start':
        return perform.setStart(one.tasks, one.day);
      case 'due':
        return perform.setDue(one.tasks, one.day);
      case 'postpone':
        return perform.postpone(one.tasks, one.days);
      case 'reminderOff':
        return perform.reminderOff(one.tasks);
      case 'status':
        return one.status === 'completed' ? perform.complete(one.tasks) : perform.setStatus(one.tasks, one.status);
      case 'categories':
        return perform.setCategories(one.tasks, one);
      case 'importance':
        return perform.setImportance(one.tasks, one.importance);
      case 'move': {
        const folder = targets.flatMap(({ folders }) => folders).find(({ id }) => id === one.toFolderId);
        return folder === undefined ? Promise.resolve() : perform.move(one.tasks, folder);
      }
      case 'moveFolder':
        return moveFolder(one);
      case 'add':
        return addMany(one);
      case 'purge':
        return state === 'offline' ? sayOffline() : null;
      case 'pickFolder':
      case 'pickDue':
      case 'pickCategories':
        return null;
    }
  }

  function sayOffline(): Promise<void> {
    toasts.show({ text: t`Deleting permanently needs the network. Nothing was deleted.` });
    return Promise.resolve();
  }

  const begun = useRef(new WeakSet<QueuedAction>());
  // The network may go while the question stands, or be known to have gone only then. One that begins offline says so itself.
  const isRefused = errand?.kind === 'purge' && errand !== answered && state === 'offline';
  const refuse = useEffectEvent(() => {
    if (errand === null || !begun.current.has(errand)) return;
    void sayOffline();
    complete(errand);
  });
  const begin = useEffectEvent((one: QueuedAction) => {
    if (begun.current.has(one)) return;
    begun.current.add(one);
    void workFor(one)?.finally(() => complete(one));
  });
  useEffect(() => {
    if (isRefused) refuse();
  }, [isRefused]);
  useEffect(() => {
    if (errand !== null) begin(errand);
  }, [errand]);

  function answer(one: QueuedAction, work: Promise<unknown>) {
    setAnswered(one);
    void work.finally(() => complete(one));
  }

  return (
    <>
      {errand !== null && errand !== answered && question(errand)}
      {working.progress !== null && <ProgressCard {...working.progress} />}
    </>
  );

  function question(one: QueuedAction) {
    const close = () => complete(one);
    switch (one.kind) {
      case 'pickFolder':
        return (
          <FolderPicker
            tasks={one.tasks}
            targets={targets}
            onChoose={(folder) => answer(one, perform.move(one.tasks, folder))}
            onClose={close}
          />
        );
      case 'pickDue':
        return (
          <DueDatePicker
            tasks={one.tasks}
            onChoose={(day) => answer(one, perform.setDue(one.tasks, day))}
            onClose={close}
          />
        );
      case 'pickCategories':
        return (
          <BulkCategoryPicker
            mailbox={mailbox}
            tasks={one.tasks}
            onChoose={(choice) => answer(one, perform.setCategories(one.tasks, choice))}
            onClose={close}
          />
        );
      case 'purge':
        return state === 'offline' ? null : (
          <PurgeTasksDialog
            tasks={one.tasks}
            onConfirm={() => answer(one, purge(one.tasks).then(one.onPurged))}
            onCancel={close}
          />
        );
      default:
        return null;
    }
  }
}
