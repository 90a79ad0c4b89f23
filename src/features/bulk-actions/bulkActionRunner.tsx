import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useCurrentBulkAction, useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import { useSyncStatus } from '../../data/outbox/usePendingChanges.ts';
import { BulkActionQuestion } from './bulkActionQuestion.tsx';
import { ProgressCard } from './progressCard.tsx';
import { useBatchJob } from './useBatchJob.ts';
import { useBulkActionTasks } from './useBulkActionTasks.ts';
import { useMoveTargets } from './useMoveTargets.ts';

/** Runs queued bulk actions one after the other; an action that needs an answer asks first. */
export function BulkActionRunner() {
  const action = useCurrentBulkAction();
  const { complete } = useBulkActions();
  const { state } = useSyncStatus();
  const isOffline = state === 'offline';
  /** The action whose question is answered: its work is in progress. */
  const [answered, setAnswered] = useState<QueuedAction | null>(null);
  const mailbox = action?.mailbox ?? 'me';
  const job = useBatchJob(mailbox);
  const targets = useMoveTargets(mailbox);
  const { start, handlers, purge, refuseOffline } = useBulkActionTasks({ mailbox, job, targets, isOffline });

  const started = useRef(new WeakSet<QueuedAction>());
  // The network may fail while the question is open; an action that starts offline is refused when it starts.
  const isRefused = action?.kind === 'purge' && action !== answered && isOffline;
  const refuse = useEffectEvent(() => {
    if (action === null || !started.current.has(action)) return;
    void refuseOffline();
    complete(action);
  });
  const begin = useEffectEvent((next: QueuedAction) => {
    if (started.current.has(next)) return;
    started.current.add(next);
    void start(next)?.finally(() => complete(next));
  });
  useEffect(() => {
    if (isRefused) refuse();
  }, [isRefused]);
  useEffect(() => {
    if (action !== null) begin(action);
  }, [action]);

  function runAnswered(next: QueuedAction, work: Promise<unknown>) {
    setAnswered(next);
    void work.finally(() => complete(next));
  }

  return (
    <>
      {action !== null && action !== answered && (
        <BulkActionQuestion
          action={action}
          targets={targets}
          isOffline={isOffline}
          handlers={handlers}
          purge={purge}
          onAnswer={(work) => runAnswered(action, work)}
          onClose={() => complete(action)}
        />
      )}
      {job.progress !== null && <ProgressCard {...job.progress} />}
    </>
  );
}
