import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import {
  useAttachmentItem,
  useAttachmentContent,
  type AttachmentContent,
} from '../../../../data/attachments/useAttachmentContent.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import { Button } from '../../../../ui/controls/button.tsx';
import { createLazyChunk } from '../../../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../../../../ui/loading/useLazyChunk.ts';
import { fileSizeLabel } from '../../../../ui/labels/fileSizeLabel.ts';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';
import type { AttachmentRowProps } from '../attachmentsProps.ts';
import { useBlobUrl, useIsDrawable } from './blobUrl.ts';
import { ItemView } from './itemView.tsx';
import { previewKind } from './previewKind.ts';
import { readTextFile } from './readTextFile.ts';
import styles from './attachmentPreview.module.css';

const pdf = createLazyChunk(() => import('./pdfView.tsx'));

type Props = Pick<AttachmentRowProps, 'task' | 'mailbox' | 'shown'>;

/** What an attachment holds. Nothing in it runs: pictures, sounds and films are elements, PDFs are drawn, all else is plain text. */
export function AttachmentPreview(props: Props) {
  return props.shown.attachment.kind === 'item' ? <InsideItem {...props} /> : <InsideFile {...props} />;
}

function InsideItem(props: Props) {
  const item = useAttachmentItem(props);
  return <Fetched of={item}>{(content) => <ItemView item={content} />}</Fetched>;
}

function InsideFile(props: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { attachment } = props.shown;
  const preview = previewKind(attachment.name, attachment.contentType);
  const content = useAttachmentContent(props, preview !== null);
  const name = displayFileName(attachment.name, t`Attachment`);
  if (preview === null) {
    const size = fileSizeLabel(attachment.size, locale);
    return <p className={styles.note}>{t`${size}. Files of this kind are not shown here; download it to open it.`}</p>;
  }
  return (
    <Fetched of={content}>
      {(blob) => {
        switch (preview.kind) {
          case 'image':
            return <Picture blob={blob} type={preview.type} name={name} />;
          case 'audio':
            return <Sound blob={blob} type={preview.type} name={name} />;
          case 'video':
            return <Film blob={blob} type={preview.type} name={name} />;
          case 'text':
            return <Words blob={blob} name={name} />;
          case 'pdf':
            return <Pages blob={blob} name={name} />;
        }
      }}
    </Fetched>
  );
}

function Fetched<T>({
  of: { content, failure, retry },
  children,
}: {
  of: AttachmentContent<T>;
  children: (content: T) => ReactNode;
}) {
  const { t } = useLingui();
  if (content !== undefined) return children(content);
  if (failure === null) return <p className={styles.note} role="status">{t`Fetching…`}</p>;
  return (
    <div className={styles.note} role="alert">
      <p>
        {failure === 'offline'
          ? t`This is not on this device. It shows when you are online.`
          : failure === 'missing'
            ? t`This was removed elsewhere.`
            : t`This could not be read.`}
      </p>
      <Button onPress={retry}>{t`Try again`}</Button>
    </div>
  );
}

type BytesProps = { blob: Blob; name: string };

function Picture({ blob, type, name }: BytesProps & { type: string }) {
  const source = useBlobUrl(blob, type);
  const canDraw = useIsDrawable(blob);
  const [isBroken, setIsBroken] = useState(false);
  if (canDraw === null) return null;
  if (isBroken || !canDraw) return <Broken />;
  return <img ref={source} className={styles.picture} alt={name} onError={() => setIsBroken(true)} />;
}

function Sound({ blob, type, name }: BytesProps & { type: string }) {
  const source = useBlobUrl(blob, type);
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) return <Broken />;
  return (
    <audio ref={source} className={styles.sound} controls aria-label={name} onError={() => setIsBroken(true)}>
      {/* Sounds come without captions; those that a browser makes by itself have their place here. */}
      <track kind="captions" />
    </audio>
  );
}

function Film({ blob, type, name }: BytesProps & { type: string }) {
  const source = useBlobUrl(blob, type);
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) return <Broken />;
  return (
    <video
      ref={source}
      className={styles.picture}
      controls
      playsInline
      aria-label={name}
      onError={() => setIsBroken(true)}
    >
      {/* As with sounds. */}
      <track kind="captions" />
    </video>
  );
}

/** As it is written, markup and all. */
function Words({ blob, name }: BytesProps) {
  const { t } = useLingui();
  const [read, setRead] = useState<{ text: string; isCut: boolean } | null>(null);
  useEffect(() => {
    let isGone = false;
    async function read() {
      const one = await readTextFile(blob);
      if (!isGone) setRead(one);
    }
    void read();
    return () => {
      isGone = true;
    };
  }, [blob]);
  if (read === null) return null;
  return (
    <>
      <textarea className={styles.text} dir="auto" readOnly rows={20} aria-label={name} value={read.text} />
      {read.isCut && <p className={styles.note}>{t`Only the beginning is shown. Download the file to see it all.`}</p>}
    </>
  );
}

function Pages({ blob, name }: BytesProps) {
  const { t } = useLingui();
  const loaded = useLazyChunk(pdf, true);
  if (loaded.state === 'here') return <loaded.part.PdfView blob={blob} name={name} />;
  if (loaded.state === 'waiting') return <p className={styles.note} role="status">{t`Fetching…`}</p>;
  return (
    <div className={styles.note} role="alert">
      <p>{t`PDF preview needs a connection the first time.`}</p>
      <Button onPress={pdf.load}>{t`Try again`}</Button>
    </div>
  );
}

function Broken() {
  const { t } = useLingui();
  return <p className={styles.note} role="alert">{t`This cannot be shown here. Download it to open it elsewhere.`}</p>;
}
