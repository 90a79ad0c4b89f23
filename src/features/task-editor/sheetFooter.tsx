import { useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import Flag from 'lucide-react/icons/flag';
import Paperclip from 'lucide-react/icons/paperclip';
import Trash from 'lucide-react/icons/trash-2';
import Undo from 'lucide-react/icons/undo-2';
import type { Task } from '../../domain/task/task.ts';
import { Button, IconButton } from '../../ui/controls/button.tsx';
import type { TaskEdits } from './editing/useTaskEdits.ts';
import styles from './sheetFooter.module.css';

type Props = { task: Task; edits: TaskEdits; onAttach: () => void; onDelete: () => void };

/** The foot of the editor on a phone: attach, flag, delete, and the main button (docs/design.md#phone). */
export function SheetFooter({ task, edits, onAttach, onDelete }: Props) {
  const { t } = useLingui();
  const isHigh = task.importance === 'high';
  const isDone = task.status === 'completed';
  return (
    <div className={styles.foot}>
      <IconButton label={t`Attach a file`} icon={<Paperclip aria-hidden />} onPress={onAttach} />
      <IconButton
        label={isHigh ? t`High importance, make it normal` : t`Make it high importance`}
        icon={<Flag aria-hidden data-high={isHigh || undefined} className={styles.flag} />}
        aria-pressed={isHigh}
        onPress={() => edits.update({ importance: isHigh ? 'normal' : 'high' })}
      />
      <IconButton label={t`Delete`} icon={<Trash aria-hidden />} onPress={onDelete} />
      <Button
        variant={isDone ? 'secondary' : 'primary'}
        className={styles.complete}
        icon={isDone ? <Undo aria-hidden /> : <Check aria-hidden />}
        onPress={isDone ? edits.reopen : edits.complete}
      >
        {isDone ? t`Reopen` : t`Complete`}
      </Button>
    </div>
  );
}
