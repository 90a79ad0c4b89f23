import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Attachment } from '../../domain/task/attachment.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { OutlookItem } from '../../domain/task/outlookItem.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import { predictedAttachment } from '../../sync/storage/attachmentListUpdate.ts';
import type { Op } from '../../sync/storage/op.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import { useCommand } from '../useCommand.ts';
import { attachmentListQuery, loadAttachmentList } from './attachmentListQuery.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';

export type { AttachmentInput } from '../../sync/commands/commands.ts';

/** One attachment, of the server or on its way there. */
export type ShownAttachment = {
  attachment: Attachment;
  pendingState: 'saved' | PendingState;
  /** How much of a file has arrived: 0 to 1; 1 for what is saved. */
  progress: number;
  /** The change that waits; for `useCancelUpload`, `useRetryChange` and `useDiscardChange`. */
  changeId: string | null;
  /** Why it is parked. */
  failure: { kind: FailureKind; message: string } | null;
  /** The file while it waits on this device; null for what is saved and for what has no bytes. */
  content: (() => Promise<Blob | undefined>) | null;
  /** What a waiting item holds; of a saved one `useAttachmentItem` asks. */
  item: OutlookItem | null;
};

export type AttachmentList = {
  attachments: readonly ShownAttachment[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** What hangs on a task, with the changes not yet sent: from this device at once, then from the server. */
export function useAttachments(
  task: Pick<Task, 'id' | 'etag' | 'folderId' | 'hasAttachments'>,
  mailbox: Mailbox = 'me',
): AttachmentList {
  const deps = useDeps();
  const engine = useSyncEngine();
  const { outbox, clock } = deps;
  const ops = useOutboxOps();
  const taskId = outbox.resolve(task.id);
  const isHere = isLocalId(taskId);
  // A task that exists only here has no attachments elsewhere.
  const query = useQuery({
    ...attachmentListQuery({ deps, engine }, { mailbox, id: taskId }, outbox.resolve(task.folderId)),
    enabled: !isHere,
  });
  useEffect(() => {
    if (!isHere) void loadAttachmentList({ deps, engine }, { mailbox, id: taskId });
  }, [deps, engine, isHere, mailbox, taskId]);
  // An attachment added or removed elsewhere changes the task (docs/protocol.md#attachments); no other event reports
  // it.
  const { refetch } = query;
  const { etag } = task;
  const readAt = useRef(etag);
  useEffect(() => {
    if (isHere || readAt.current === etag) return;
    readAt.current = etag;
    void refetch();
  }, [isHere, etag, refetch]);
  const failure = queryFailure(query);
  // With no network, what is known is what there is to show; a task without attachments is as good as known.
  const isKnown = query.data !== undefined || !task.hasAttachments;
  const attachments = useMemo(
    () => shownOf(query.data ?? [], ops, outbox, taskId, clock.now()),
    [query.data, ops, outbox, taskId, clock],
  );
  return {
    attachments,
    isPending: query.isPending && !isHere,
    failure: failure === 'offline' && isKnown ? null : failure,
    retry: () => void query.refetch(),
  };
}

function shownOf(
  rows: readonly Attachment[],
  ops: readonly Op[],
  outbox: Outbox,
  taskId: string,
  now: string,
): readonly ShownAttachment[] {
  const shown = new Map<string, ShownAttachment>(rows.map((row) => [row.id, saved(row)]));
  for (const op of ops) {
    const { change, parked } = op;
    if (!('taskId' in change) || change.taskId !== taskId) continue;
    if (change.kind === 'removeAttachment') {
      shown.delete(change.id);
      continue;
    }
    const { draft } = change;
    shown.set(change.id, {
      attachment: predictedAttachment(change, change.id, now),
      pendingState: outbox.stateOf(op),
      progress: outbox.progressOf(op.id),
      changeId: op.id,
      failure: parked && { kind: parked.kind, message: parked.message },
      content: draft.kind === 'file' ? () => outbox.blob(draft.blobKey) : null,
      item: draft.kind === 'item' ? draft.item : null,
    });
  }
  return [...shown.values()];
}

function saved(attachment: Attachment): ShownAttachment {
  return { attachment, pendingState: 'saved', progress: 1, changeId: null, failure: null, content: null, item: null };
}

/** Seen at once, the file kept on this device until it has arrived. Resolves with the change's id. */
export function useAddAttachment(mailbox: Mailbox = 'me') {
  return useCommand(useSyncEngine().commands.addAttachment, mailbox);
}

/** Gone at once, sent after eight seconds. Resolves with the change's id, for `useUndo`. */
export function useRemoveAttachment(mailbox: Mailbox = 'me') {
  return useCommand(useSyncEngine().commands.removeAttachment, mailbox);
}

/** Gives up a file that is on its way, by the change's id. */
export function useCancelUpload() {
  const { outbox } = useDeps();
  return useMutation({ networkMode: 'always', mutationFn: (changeId: string) => outbox.cancelUpload(changeId) });
}

/** How many of a task's attachments are not with the service yet, and whether one of them waits for somebody. */
export function useUnsentAttachments(task: Pick<Task, 'id'>): { count: number; isParked: boolean } {
  const { outbox } = useDeps();
  const ops = useOutboxOps();
  const taskId = outbox.resolve(task.id);
  const unsent = ops.filter(({ change }) => change.kind === 'addAttachment' && change.taskId === taskId);
  return { count: unsent.length, isParked: unsent.some(({ parked }) => parked !== null) };
}
