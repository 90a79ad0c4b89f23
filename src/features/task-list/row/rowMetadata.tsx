import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { useAttachmentCounts } from '../../../data/attachments/useAttachmentCounts.ts';
import { checklistProgress, type ChecklistProgress } from '../../../domain/notes/checklistParser.ts';
import type { Mailbox, Task, TaskBody } from '../../../domain/task/task.ts';
import type { TaskIndicator } from './rowLabels.ts';

/** Metadata of rows that is not part of the first paint. */
export type RowMetadata = {
  progressOf: (body: TaskBody) => ChecklistProgress | null;
  /** The paperclip with its count; null for no attachments, undefined while the count is unknown. */
  attachmentsOf: (task: Task) => TaskIndicator | null | undefined;
};

type Props = { mailbox: Mailbox; onLoad: (metadata: RowMetadata) => void };

/** Loads checklist progress and attachment counts after the first paint. Draws nothing. */
export function RowMetadataLoader({ mailbox, onLoad }: Props) {
  const { t } = useLingui();
  const countOf = useAttachmentCounts(mailbox);
  const report = useEffectEvent((metadata: RowMetadata) => onLoad(metadata));
  useEffect(() => {
    report({
      progressOf: checklistProgress,
      attachmentsOf(task) {
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
