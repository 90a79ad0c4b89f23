import { useLingui } from '@lingui/react/macro';
import { useImperativeHandle, useRef } from 'react';
import { queueDroppedFiles } from '../../../data/attachments/useDroppedFiles.ts';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../../../ui/loading/useLazyChunk.ts';
import { filesOf } from './add/chosenFiles.ts';
import type { AttachmentsPartProps } from './attachmentsProps.ts';
import styles from './lazyAttachments.module.css';

const section = createLazyChunk(() => import('./attachmentsSection.tsx'));

/**
 * The attachments section as a lazy chunk, after the task's text. Files chosen before it has loaded are queued for it.
 */
export function LazyAttachments({ attach, ...props }: AttachmentsPartProps) {
  const { task } = props;
  const { t } = useLingui();
  const keyOf = useStableKey();
  const loaded = useLazyChunk(section, true);
  const input = useRef<HTMLInputElement>(null);
  const choose = () => input.current?.click();
  const queueFiles = (field: HTMLInputElement) =>
    queueDroppedFiles({ task: keyOf(task.id), files: filesOf(field), folders: [], link: null });
  useImperativeHandle(attach, () => choose, []);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t`Files to attach`}
        onChange={(event) => queueFiles(event.currentTarget)}
      />
      {loaded.state === 'here' && <loaded.part.AttachmentsSection {...props} onChoose={choose} />}
      {loaded.state === 'waiting' && <div className={styles.placeholder} />}
      {loaded.state === 'failed' && (
        <p className={styles.failed}>
          {t`The attachments could not be loaded.`}
          <Button onPress={section.load}>{t`Try again`}</Button>
        </p>
      )}
    </>
  );
}
