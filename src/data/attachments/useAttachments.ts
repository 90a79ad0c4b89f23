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
import { attachmentListQuery } from './attachmentListQuery.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';

export type { AttachmentInput } from '../../sync/commands/commands.ts';

/** One attachment, of the server or on its way there. */
export type ShownAttachment = {
  attachment: Attachment;
  pendingState: 'saved' | PendingState;
  /** The change that waits; for `useUploadProgress`, `useCancelUpload`, `useRetryChange` and `useDiscardChange`. */
  changeId: string | null;
  /** Why it is parked. */
  failure: { kind: FailureKind; message: string } | null;
  /** The file while it waits on this device; null for what is saved and for what has no bytes. */
  content: (() => Promise<Blob | undefined>) | null;
  /** The content of a waiting item; `useAttachmentItem` reads that of a saved one. */
  item: OutlookItem | null;
};

export type AttachmentList = {
  attachments: readonly ShownAttachment[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** A task's attachments with unsent changes: from this device at once, then from the server. */
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
    // The task may have changed elsewhere since this list was read.
    refetchOnMount: 'always',
  });
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
  // Offline, the stored list is shown; a task without a stored list shows as having none.
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
      changeId: op.id,
      failure: parked && { kind: parked.kind, message: parked.message },
      content: draft.kind === 'file' ? () => outbox.blob(draft.blobKey) : null,
      item: draft.kind === 'item' ? draft.item : null,
    });
  }
  return [...shown.values()];
}

function saved(attachment: Attachment): ShownAttachment {
  return { attachment, pendingState: 'saved', changeId: null, failure: null, content: null, item: null };
}

/** Cancels a waiting or running upload, by the change's id. */
export function useCancelUpload() {
  const { outbox } = useDeps();
  return useMutation({ mutationFn: (changeId: string) => outbox.cancelUploads([changeId]) });
}

/** How many of a task's attachments are not uploaded yet, and whether one of them is parked. */
export function useUnsentAttachments(task: Pick<Task, 'id'>): { count: number; isParked: boolean } {
  const { outbox } = useDeps();
  const ops = useOutboxOps();
  const taskId = outbox.resolve(task.id);
  const unsent = ops.filter(({ change }) => change.kind === 'addAttachment' && change.taskId === taskId);
  return { count: unsent.length, isParked: unsent.some(({ parked }) => parked !== null) };
}
