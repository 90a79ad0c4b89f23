import { useQueryClient } from '@tanstack/react-query';
import type { Mailbox } from '../../domain/task/task.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { createAttachmentCopies } from './attachmentCopies.ts';
import type { AttachmentCopies } from './attachmentCopies.ts';

/** Begins the copies of one command, which are taken back together. */
export function useCopyAttachments(mailbox: Mailbox = 'me'): () => AttachmentCopies {
  const { attachmentClient: attaching, outbox } = useDeps();
  const client = useQueryClient();
  const engine = useSyncEngine();
  return () => createAttachmentCopies({ mailbox, attaching, client, outbox, engine });
}
