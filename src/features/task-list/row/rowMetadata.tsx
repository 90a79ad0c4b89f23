import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import type { RefObject } from 'react';
import { useAttachedCounts } from '../../../data/attachments/useAttachmentCounts.ts';
import { handFiles } from '../../../data/attachments/useDroppedFiles.ts';
import { progressOf, type Progress } from '../../../domain/notes/checklistParser.ts';
import type { Body, Place, Task } from '../../../domain/task/task.ts';
import { carriesFiles, droppedIn } from '../../../ui/browser/fileDrop.ts';
import { rowElementOf } from './rowActions.ts';
import type { Mark } from './rowLabels.ts';

/** What rows say once the first screen is there. */
export type RowKnowledge = {
  progressOf: (body: Body) => Progress | null;
  /** The paperclip with its number; null for no attachments, undefined where only the task itself knows. */
  clipOf: (task: Task) => Mark | null | undefined;
};

type Props = {
  grid: RefObject<HTMLElement | null>;
  mailbox: Place['mailbox'];
  isReadOnly: boolean;
  taskOf: (row: HTMLElement) => Task | undefined;
  onOpen: (task: Task) => void;
  onKnown: (known: RowKnowledge) => void;
};

/** What rows can do besides, fetched after the first screen: numbers, and files that are dropped on them. Draws nothing. */
export function RowExtras({ grid, mailbox, isReadOnly, taskOf, onOpen, onKnown }: Props) {
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

  const over = useEffectEvent((row: HTMLElement | null) => (row === null || isReadOnly ? undefined : taskOf(row)));
  const take = useEffectEvent((task: Task, data: DataTransfer) => {
    const { files, folders } = droppedIn(data);
    handFiles({ taskId: task.id, files, folders });
    onOpen(task);
  });
  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    let lit: HTMLElement | null = null;
    const light = (row: HTMLElement | null) => {
      lit?.removeAttribute('data-drop');
      lit = row;
      lit?.setAttribute('data-drop', '');
    };
    const rowUnder = ({ target }: DragEvent) => (target === null ? null : rowElementOf(target));
    element.addEventListener(
      'dragover',
      (event) => {
        if (!carriesFiles(event) || event.dataTransfer === null) return;
        const row = rowUnder(event);
        const task = over(row);
        light(task === undefined ? null : row);
        if (task === undefined) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      { signal },
    );
    element.addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) light(null);
      },
      { signal },
    );
    element.addEventListener(
      'drop',
      (event) => {
        light(null);
        if (!carriesFiles(event) || event.dataTransfer === null) return;
        const task = over(rowUnder(event));
        if (task === undefined) return;
        event.preventDefault();
        take(task, event.dataTransfer);
      },
      { signal },
    );
    return () => {
      light(null);
      stop.abort();
    };
  }, [grid]);
  return null;
}
