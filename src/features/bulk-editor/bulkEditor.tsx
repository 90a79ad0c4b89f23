import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import XIcon from 'lucide-react/icons/x';
import { IconButton } from '../../ui/controls/button.tsx';
import { Shortcut } from '../../ui/keyboard/shortcut.tsx';
import { BulkDates } from './bulkDates.tsx';
import { BulkProperties } from './bulkProperties.tsx';
import type { BulkEditorProps } from './bulkEditorProps.ts';
import styles from './bulkEditor.module.css';

/** Changes several tasks at once (docs/design.md#components). Fields whose values differ show "Mixed" until one is picked. */
export function BulkEditor({ mailbox, tasks, onClear }: BulkEditorProps) {
  const { t } = useLingui();
  const count = tasks.length;
  return (
    <div className={styles.editor}>
      <header className={styles.bar}>
        <span className={styles.name}>{t`Selection`}</span>
        <IconButton label={t`Clear the selection`} keys="Escape" icon={<XIcon aria-hidden />} onPress={onClear} />
      </header>
      <div className={styles.scroll}>
        <h2 className={styles.title}>{t`${plural(count, { one: '# task selected', other: '# tasks selected' })}`}</h2>
        <p className={styles.lead}>
          {t`${plural(count, { one: 'Changes apply to this task.', other: 'Changes apply to all #. Mixed values stay as they are until you pick one.' })}`}
        </p>
        <BulkDates mailbox={mailbox} tasks={tasks} />
        <BulkProperties mailbox={mailbox} tasks={tasks} />
      </div>
      <footer className={styles.foot}>
        <span>{t`Every change here can be undone in one step`}</span>
        <Shortcut keys="Mod+Z" />
      </footer>
    </div>
  );
}
