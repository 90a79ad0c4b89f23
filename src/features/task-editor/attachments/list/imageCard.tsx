import { useLingui } from '@lingui/react/macro';
import ImageIcon from 'lucide-react/icons/image';
import { useState } from 'react';
import { useAttachmentContent } from '../../../../data/attachments/useAttachmentContent.ts';
import { shownFileName } from '../../../../domain/task/fileName.ts';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';
import { nameInWords } from '../../../../ui/labels/truncateName.ts';
import { sizeLabel } from '../../../../ui/labels/fileSizeLabel.ts';
import type { RowProps } from './attachmentRow.tsx';
import { useBlobSource, useDrawable } from '../preview/blobUrl.ts';
import { previewOf } from '../preview/previewKind.ts';
import { RowMenu } from './attachmentMenu.tsx';
import styles from './imageCard.module.css';

/** The first picture of a task, large enough to be recognised; pressed, it opens. */
export function ImageCard(props: RowProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { task, mailbox, shown, onOpen } = props;
  const { attachment } = shown;
  const preview = attachment.kind === 'file' ? previewOf(attachment.name, attachment.contentType) : null;
  const { content } = useAttachmentContent({ task, shown, mailbox }, true);
  const source = useBlobSource(content, preview?.kind === 'image' ? preview.type : 'application/octet-stream');
  const canDraw = useDrawable(content);
  const [measure, setMeasure] = useState<string | null>(null);
  const [isBroken, setIsBroken] = useState(false);
  const name = shownFileName(attachment.name, t`Attachment`);
  const size = sizeLabel(attachment.size, locale);
  return (
    <div className={styles.card}>
      <button type="button" className={styles.picture} aria-label={t`Open ${nameInWords(name)}`} onClick={onOpen}>
        {canDraw !== true || isBroken ? (
          <ImageIcon aria-hidden />
        ) : (
          <img
            ref={source}
            alt=""
            onError={() => setIsBroken(true)}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setMeasure(`${naturalWidth} × ${naturalHeight}`)
            }
          />
        )}
      </button>
      <div className={styles.foot}>
        <span className={styles.words}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.about}>{[size, ...(measure === null ? [] : [measure])].join(' · ')}</span>
        </span>
        <RowMenu {...props} name={name} />
      </div>
    </div>
  );
}
