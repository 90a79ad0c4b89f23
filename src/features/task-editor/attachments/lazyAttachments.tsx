import { useLingui } from '@lingui/react/macro';
import { Button } from '../../../ui/controls/button.tsx';
import { createChunk, useChunk } from '../../../ui/loading/lazyChunk.ts';
import type { AttachmentsProps } from './attachmentsProps.ts';
import styles from './lazyAttachments.module.css';

const part = createChunk(() => import('./attachmentsSection.tsx'));

/** What hangs on the task, in a file of its own: the words of the task come first. */
export function AttachmentsPart(props: AttachmentsProps) {
  const { t } = useLingui();
  const loaded = useChunk(part, true);
  if (loaded.state === 'here') return <loaded.part.Attachments {...props} />;
  if (loaded.state === 'waiting') return <div className={styles.room} />;
  return (
    <p className={styles.failed}>
      {t`The attachments could not be loaded.`}
      <Button onPress={part.load}>{t`Try again`}</Button>
    </p>
  );
}
