import { useLingui } from '@lingui/react/macro';
import ImageIcon from 'lucide-react/icons/image';
import { useState } from 'react';
import { useAttachmentContent } from '../../../../data/attachments/useAttachmentContent.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import { fileSizeLabel } from '../../../../ui/labels/fileSizeLabel.ts';
import type { AttachmentRowProps } from '../attachmentsProps.ts';
import { useBlobUrl, useIsDrawable } from '../preview/blobUrl.ts';
import { previewKind } from '../preview/previewKind.ts';
import { AttachmentMenu } from './attachmentMenu.tsx';
import styles from './imageCard.module.css';

/** The first picture of a task as a large thumbnail that opens the viewer. */
export function ImageCard(props: AttachmentRowProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { task, mailbox, shown, onOpen } = props;
  const { attachment } = shown;
  const preview = attachment.kind === 'file' ? previewKind(attachment.name, attachment.contentType) : null;
  const { content } = useAttachmentContent({ task, shown, mailbox }, true);
  const source = useBlobUrl(content, preview?.kind === 'image' ? preview.type : 'application/octet-stream');
  const canDraw = useIsDrawable(content);
  const [dimensions, setDimensions] = useState<string | null>(null);
  const [isBroken, setIsBroken] = useState(false);
  const name = displayFileName(attachment.name, t`Attachment`);
  const size = fileSizeLabel(attachment.size, locale);
  return (
    <div className={styles.card}>
      <button type="button" className={styles.picture} aria-label={t`Open ${truncateName(name)}`} onClick={onOpen}>
        {canDraw !== true || isBroken ? (
          <ImageIcon aria-hidden />
        ) : (
          <img
            ref={source}
            alt=""
            onError={() => setIsBroken(true)}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setDimensions(`${naturalWidth} × ${naturalHeight}`)
            }
          />
        )}
      </button>
      <div className={styles.foot}>
        <span className={styles.text}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.details}>{[size, ...(dimensions === null ? [] : [dimensions])].join(' · ')}</span>
        </span>
        <AttachmentMenu {...props} name={name} />
      </div>
    </div>
  );
}
