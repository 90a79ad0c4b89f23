import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { useAttachedCounts } from '../../../data/attachments/useAttachmentCounts.ts';
import { progressOf, type Progress } from '../../../domain/notes/checklistParser.ts';
import type { Body, Place, Task } from '../../../domain/task/task.ts';
import type { Mark } from './rowLabels.ts';

/** What rows say once the first screen is there. */
export type RowKnowledge = {
  progressOf: (body: Body) => Progress | null;
  /** The paperclip with its number; null for no attachments, undefined where only the task itself knows. */
  clipOf: (task: Task) => Mark | null | undefined;
};

type Props = { mailbox: Place['mailbox']; onKnown: (known: RowKnowledge) => void };

/** The numbers of rows, fetched after the first screen. Draws nothing. */
export function RowExtras({ mailbox, onKnown }: Props) {
  const { t } = useLingui();
  const countOf = useAttachedCounts(mailbox);
  const tell = useEffectEvent((known: RowKnowledge) => onKnown(known));
  useEffect(() => {
    tell({
      progressOf,
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
