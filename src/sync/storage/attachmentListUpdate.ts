import type { Attachment } from '../../domain/task/attachment.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { ServerResult } from './serverResult.ts';

/** A waiting attachment as it will be listed. */
export function predictedAttachment(
  change: Extract<Change, { kind: 'addAttachment' }>,
  id: string,
  at: Instant,
): Attachment {
  const { draft } = change;
  const label = { id, name: draft.name, isInline: draft.isInline, modifiedAt: at };
  switch (draft.kind) {
    case 'file': {
      const { size, contentType, contentId, contentLocation } = draft;
      return { kind: 'file', ...label, size, contentType, contentId, contentLocation };
    }
    case 'item':
      return { kind: 'item', ...label, contentType: null, size: 0 };
    case 'reference': {
      const { sourceUrl, providerType, thumbnailUrl, previewUrl, permission, isFolder } = draft;
      const link = { sourceUrl, providerType, thumbnailUrl, previewUrl, permission, isFolder };
      return { kind: 'reference', ...label, contentType: null, size: 0, ...link };
    }
  }
}

/** Applies an answer to a task's attachment list; returns the same list when it changes nothing. */
export function updateAttachmentList(
  rows: readonly Attachment[],
  { change, ids }: Pick<ServerResult, 'change' | 'ids'>,
  at: Instant,
): readonly Attachment[] {
  if (change.kind === 'removeAttachment') return rows.filter(({ id }) => id !== change.id);
  if (change.kind !== 'addAttachment') return rows;
  const id = ids.find(([local]) => local === change.id)?.[1];
  return id === undefined || rows.some((row) => row.id === id) ? rows : [...rows, predictedAttachment(change, id, at)];
}
