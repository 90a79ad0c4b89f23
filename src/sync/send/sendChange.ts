import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Op } from '../storage/op.ts';
import { addAttachment, removeAttachment } from './sendAttachments.ts';
import {
  createFolder,
  createGroup,
  deleteFolder,
  deleteGroup,
  moveFolder,
  renamePlace,
  restoreFolder,
} from './sendPlaces.ts';
import { completeTask, createTask, deleteTask, moveTask, restoreTask, undoComplete, updateTask } from './sendTasks.ts';
import type { SendContext } from './sendContext.ts';

export type { KnownRows, ServerApis } from './sendContext.ts';

/** Rarely needed. */
const categoriesChunk = createLazyChunk(() => import('./sendCategories.ts'));

/**
 * Sends one op and interprets the answer (docs/architecture.md#outbox-rules).
 * @param isRepeat it was sent before, with unknown result.
 * @throws ApiError, or Parked.
 */
export function sendChange(
  op: Op,
  isRepeat: boolean,
  context: Omit<SendContext, 'op' | 'isRepeat' | 'mayHaveArrived' | 'repeatability'>,
): Promise<ServerResult> {
  const { change } = op;
  const repeatability = { id: op.repeatabilityId, firstSent: op.firstSentAt ?? op.madeAt };
  // With idempotency keys repeating is safe. Without, the server is read first.
  const tools: SendContext = {
    ...context,
    op,
    isRepeat,
    repeatability,
    mayHaveArrived: isRepeat && !context.api.repeats(),
  };
  switch (change.kind) {
    case 'createGroup':
      return createGroup(change, tools);
    case 'renameGroup':
    case 'renameFolder':
      return renamePlace(change, tools);
    case 'deleteGroup':
      return deleteGroup(change, tools);
    case 'createFolder':
      return createFolder(change, tools);
    case 'deleteFolder':
      return deleteFolder(change, tools);
    case 'moveFolder':
      return moveFolder(change, tools);
    case 'restoreFolder':
      return restoreFolder(change, tools);
    case 'createCategory':
      return categoriesChunk.get().then((part) => part.createCategory(change, tools));
    case 'updateCategory':
      return categoriesChunk.get().then((part) => part.updateCategory(change, tools));
    case 'deleteCategory':
      return categoriesChunk.get().then((part) => part.deleteCategory(change, tools));
    case 'createTask':
      return createTask(change, tools);
    case 'updateTask':
      return updateTask(change, tools);
    case 'completeTask':
      return completeTask(change, tools);
    case 'deleteTask':
      return deleteTask(change, tools);
    case 'moveTask':
      return moveTask(change, tools);
    case 'restoreTask':
      return restoreTask(change, tools);
    case 'undoComplete':
      return undoComplete(change, tools);
    case 'addAttachment':
      return addAttachment(change, tools);
    case 'removeAttachment':
      return removeAttachment(change, tools);
  }
}
