import { ApiError } from '../../api/apiError.ts';
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
      return categories().then((part) => part.createCategory(change, tools));
    case 'updateCategory':
      return categories().then((part) => part.updateCategory(change, tools));
    case 'deleteCategory':
      return categories().then((part) => part.deleteCategory(change, tools));
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

/** Rarely needed, so in a chunk of its own. A chunk that fails to load counts as offline. */
function categories() {
  return import('./sendCategories.ts').catch((cause: unknown) => {
    throw new ApiError('offline', 'This part of the app could not be loaded', { cause });
  });
}
