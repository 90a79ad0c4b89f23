import { useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import ClipIcon from 'lucide-react/icons/paperclip';
import { maxFileSize } from '../../../../domain/task/attachment.ts';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';
import { fileSizeLabel } from '../../../../ui/labels/fileSizeLabel.ts';
import styles from './fileDropZone.module.css';

/** Covers the pane while files are dragged over it. Only for the pointer: the keyboard has the menu. */
export function FileDropZone({ count }: { count: number }) {
  const { t } = useLingui();
  const limit = fileSizeLabel(maxFileSize, useDateLocale());
  return (
    <div className={styles.zone} aria-hidden>
      <div className={styles.box}>
        <ClipIcon aria-hidden />
        <strong className={styles.title}>{t`Drop to attach`}</strong>
        {count > 0 && <span>{t`${plural(count, { one: '# file', other: '# files' })}, up to ${limit} each`}</span>}
      </div>
    </div>
  );
}
