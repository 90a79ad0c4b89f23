import { useLingui } from '@lingui/react/macro';
import { useId, useRef, useState } from 'react';
import { useAttachments } from '../../../data/attachments/useAttachments.ts';
import { useDroppedFiles } from '../../../data/attachments/useDroppedFiles.ts';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { AddAttachmentMenu } from './add/addAttachmentMenu.tsx';
import { AttachmentRow } from './list/attachmentRow.tsx';
import { FileDropZone } from './add/fileDropZone.tsx';
import { filesOf } from './add/chosenFiles.ts';
import { LazyAttachmentForms, type OpenAttachmentForm } from './add/lazyAttachmentForms.tsx';
import { ImageCard } from './list/imageCard.tsx';
import { AttachmentViewer } from './preview/attachmentViewer.tsx';
import { previewKind, type PreviewKind } from './preview/previewKind.ts';
import type { AttachmentsProps } from './attachmentsProps.ts';
import { RejectedFileRow } from './list/rejectedFileRow.tsx';
import { useAddFiles } from './add/useAddFiles.ts';
import { useAttachmentRemoval } from './list/useAttachmentRemoval.ts';
import { useUploadAnnouncements } from './list/useUploadAnnouncements.ts';
import styles from './attachmentsSection.module.css';

/** The attachments of a task: list, add, preview and remove (docs/design.md#components). */
export function AttachmentsSection({ mailbox, task, isReadOnly, draggedCount, onChoose }: AttachmentsProps) {
  const { t } = useLingui();
  const headId = useId();
  const keyOf = useStableKey();
  const { attachments, isPending, failure, retry } = useAttachments(task, mailbox);
  const adding = useAddFiles(task, mailbox);
  const [form, setForm] = useState<OpenAttachmentForm | null>(null);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [photo, addButton] = [useRef<HTMLInputElement>(null), useRef<HTMLButtonElement>(null)];
  const remove = useAttachmentRemoval(task, mailbox, () => addButton.current?.focus());
  useUploadAnnouncements(attachments);
  useDroppedFiles(keyOf(task.id), !isReadOnly, ({ link, ...dropped }) => {
    if (link !== null) setForm({ kind: 'link', address: link });
    else void adding.addFiles(dropped);
  });

  const opened = attachments.find(({ attachment }) => keyOf(attachment.id) === openKey);
  const card = attachments.find(
    ({ attachment, pendingState }) =>
      attachment.kind === 'file' &&
      pendingState === 'saved' &&
      attachment.size <= maxCardSize &&
      isCardImage(previewKind(attachment.name, attachment.contentType)),
  );
  if (isReadOnly && attachments.length === 0 && failure === null) return null;

  return (
    <section className={styles.attachments} aria-labelledby={headId} aria-busy={isPending && task.hasAttachments}>
      <div className={styles.head}>
        <h3 id={headId} className={styles.title}>
          {t`Attachments`}
        </h3>
        {attachments.length > 0 && <span className={styles.count}>{attachments.length}</span>}
        {!isReadOnly && (
          <AddAttachmentMenu
            buttonRef={addButton}
            quota={adding.quota}
            onFiles={onChoose}
            onPhoto={() => photo.current?.click()}
            onForm={setForm}
          />
        )}
      </div>
      <input
        ref={photo}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t`Photo to attach`}
        onChange={(event) => void adding.addFiles({ files: filesOf(event.currentTarget), folders: [] })}
      />
      {failure !== null && (
        <p className={styles.failed}>
          {failure === 'offline'
            ? t`Attachments on the server show when you are online.`
            : t`The attachments could not be read.`}
          <Button onPress={retry}>{t`Try again`}</Button>
        </p>
      )}
      {card !== undefined && (
        <ImageCard
          key={card.attachment.id}
          task={task}
          mailbox={mailbox}
          shown={card}
          onOpen={() => setOpenKey(keyOf(card.attachment.id))}
          onRemove={isReadOnly ? undefined : () => remove(card)}
        />
      )}
      {(attachments.length > (card === undefined ? 0 : 1) || adding.rejectedFiles.length > 0) && (
        <ul className={styles.list} aria-labelledby={headId}>
          {attachments
            .filter((shown) => shown !== card)
            .map((shown) => (
              <AttachmentRow
                key={keyOf(shown.attachment.id)}
                task={task}
                mailbox={mailbox}
                shown={shown}
                onOpen={() => setOpenKey(keyOf(shown.attachment.id))}
                onRemove={isReadOnly ? undefined : () => remove(shown)}
              />
            ))}
          {adding.rejectedFiles.map((rejected) => (
            <RejectedFileRow
              key={rejected.key}
              rejected={rejected}
              quota={adding.quota}
              onLink={() => {
                adding.dismiss(rejected.key);
                setForm({ kind: 'link', name: rejected.name });
              }}
              onDismiss={() => {
                adding.dismiss(rejected.key);
                addButton.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
      {draggedCount !== null && <FileDropZone count={draggedCount} />}
      <LazyAttachmentForms
        form={form}
        draftKey={keyOf(task.id)}
        onClose={() => setForm(null)}
        onDraft={adding.addDraft}
      />
      <AttachmentViewer task={task} mailbox={mailbox} shown={opened} onClose={() => setOpenKey(null)} />
    </section>
  );
}

/** SVG can be costly to render, so it is rendered only on request. */
const isCardImage = (preview: PreviewKind | null) => preview?.kind === 'image' && preview.type !== 'image/svg+xml';

/** Larger pictures are fetched on request, not when the task opens. In bytes. */
const maxCardSize = 4 * 1024 * 1024;
