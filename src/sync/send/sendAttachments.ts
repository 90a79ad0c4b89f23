import { ApiError } from '../../api/apiError.ts';
import { inlineLimit } from '../../domain/task/attachment.ts';
import type { Attachment } from '../../domain/task/attachment.ts';
import type { Place } from '../../domain/task/task.ts';
import { serverResultOf } from '../storage/serverResult.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import { claimEarlier, undefinedIfMissing } from './sendContext.ts';
import type { ChangeOf, SendContext } from './sendContext.ts';

const taskOf = ({ mailbox, taskId }: ChangeOf<'addAttachment' | 'removeAttachment'>): Place => ({
  mailbox,
  id: taskId,
});

export async function addAttachment(change: ChangeOf<'addAttachment'>, tools: SendContext): Promise<ServerResult> {
  const attaching = await tools.attaching();
  const { draft } = change;
  const earlier = tools.mayHaveArrived ? await arrived(change, tools) : undefined;
  let id = earlier?.id;
  if (id === undefined && draft.kind !== 'file') {
    const { repeatability, signal } = tools;
    id = (await attaching.addAttachment(taskOf(change), draft, { repeatability, signal })).id;
  }
  id ??= await sendFile(change, tools);
  return serverResultOf(change, { ids: [[change.id, id]], tasks: await ownerOf(change, tools) });
}

async function sendFile(change: ChangeOf<'addAttachment'>, tools: SendContext): Promise<string> {
  const { draft } = change;
  if (draft.kind !== 'file') throw new Error('Only files have content');
  const content = await tools.files.blob(draft.blobKey);
  if (content === undefined) throw new ApiError('refused', 'The file is not on this device any more');
  const { size: _size, blobKey: _key, ...attachment } = draft;
  const attaching = await tools.attaching();
  if (content.size > inlineLimit) return upload(change, content, tools);
  const { repeatability, signal } = tools;
  return (await attaching.addAttachment(taskOf(change), attachment, { content, repeatability, signal })).id;
}

/** Uploads in pieces, resuming where an earlier attempt stopped. */
async function upload(change: ChangeOf<'addAttachment'>, content: Blob, tools: SendContext): Promise<string> {
  const { op, files, signal } = tools;
  const { name, isInline } = change.draft;
  const attaching = await tools.attaching();
  const send = (resume: string | undefined) =>
    attaching.upload(
      taskOf(change),
      { name, isInline, content: typed(content, change) },
      {
        signal,
        onProgress: (done, total) => files.progress(op, total === 0 ? 1 : done / total),
        // Without it the file is sent from its beginning after a reload: slower, but as safe.
        onSession: (url) => void files.noteUpload(op, url).catch(() => undefined),
        ...(resume === undefined ? {} : { resume }),
      },
    );
  let outcome = await send(op.uploadUrl);
  if (outcome.kind === 'expired') {
    // The session is over: completed or expired.
    const earlier = await arrived(change, tools);
    if (earlier !== undefined) return earlier.id;
    outcome = await send(undefined);
  }
  if (outcome.kind === 'done') return outcome.attachmentId;
  throw new ApiError('offline', 'The upload was given up');
}

function typed(content: Blob, { draft }: ChangeOf<'addAttachment'>): Blob {
  const type = draft.kind === 'file' ? (draft.contentType ?? '') : '';
  return content.type === type ? content : content.slice(0, content.size, type);
}

/** Looks for what an earlier attempt may have created. */
async function arrived(change: ChangeOf<'addAttachment'>, tools: SendContext): Promise<Attachment | undefined> {
  const { draft } = change;
  const all = await (await tools.attaching()).attachments(taskOf(change));
  return claimEarlier(
    tools,
    all,
    (one) => one.kind === draft.kind && one.name === draft.name && (draft.kind !== 'file' || one.size === draft.size),
  );
}

export async function removeAttachment(
  change: ChangeOf<'removeAttachment'>,
  tools: SendContext,
): Promise<ServerResult> {
  const attaching = await tools.attaching();
  await undefinedIfMissing(attaching.removeAttachment(taskOf(change), change.id));
  return serverResultOf(change, { tasks: await ownerOf(change, tools) });
}

/**
 * Attachments change the etag of their task, and whether it has any (docs/protocol.md#attachments). A task that was
 * moved while it was read is left to the pull: its row would stand in both folders.
 */
async function ownerOf(change: ChangeOf<'addAttachment' | 'removeAttachment'>, { api, known }: SendContext) {
  const place = taskOf(change);
  const before = known.folderOf(place.mailbox, place.id);
  const task = await undefinedIfMissing(api.task(place));
  const now = known.folderOf(place.mailbox, place.id);
  return task === undefined || (now !== before && now !== task.folderId) ? [] : [task];
}
