import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { useAttachmentCounts } from '../../../data/attachments/useAttachmentCounts.ts';
import { checklistProgress, type ChecklistProgress } from '../../../domain/notes/checklistParser.ts';
import type { Mailbox, Task, TaskBody } from '../../../domain/task/task.ts';
import type { TaskIndicator } from './rowLabels.ts';

/** What rows say once the first screen is there. */
export type RowMetadata = {
  progressOf: (body: TaskBody) => ChecklistProgress | null;
  /** The paperclip with its number; null for no attachments, undefined where only the task itself knows. */
  clipOf: (task: Task) => TaskIndicator | null | undefined;
};

type Props = { mailbox: Mailbox; onKnown: (known: RowMetadata) => void };

/** The numbers of rows, fetched after the first screen. Draws nothing. */
export function RowMetadataLoader({ mailbox, onKnown }: Props) {
  const { t } = useLingui();
  const countOf = useAttachmentCounts(mailbox);
  const tell = useEffectEvent((known: RowMetadata) => onKnown(known));
  useEffect(() => {
    tell({
      progressOf: checklistProgress,
      clipOf(task) {
        const count = countOf(task);
        if (count === null) return undefined;
        if (count === 0) return null;
        const label = t`${plural(count, { one: '# attachment', other: '# attachments' })}`;
        return { kind: 'attachment', label, text: String(count) };
      },
    });
  }, [countOf, t]);
  return null;
}
