import { useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { useDownload } from '../../../data/attachments/useAttachmentContent.ts';
import { useAttachments } from '../../../data/attachments/useAttachments.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import { BodyFrame } from '../../../ui/html/bodyFrame.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { normalizeContentId, imageDataUrl, findInlineImageIds, embedInlineImages } from './inlineImages.ts';
import styles from './notes.module.css';

type Props = { task: Task; mailbox: Mailbox; html: string };

/** Notes to look at, as they came; the pictures that came along are fetched and put in their places when somebody asks. */
export function NotesViewer(props: Props) {
  const { t } = useLingui();
  const names = useMemo(() => findInlineImageIds(props.html), [props.html]);
  return names.length === 0 ? <BodyFrame html={props.html} label={t`Notes`} /> : <Pictured {...props} names={names} />;
}

function Pictured({ task, mailbox, html, names }: Props & { names: readonly string[] }) {
  const { t } = useLingui();
  const { attachments } = useAttachments(task, mailbox);
  const download = useDownload(task, mailbox);
  const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(new Map());
  const [state, setState] = useState<'asleep' | 'busy' | 'shown' | 'failed'>('asleep');
  const shown = useMemo(() => embedInlineImages(html, pictures), [html, pictures]);
  const found = attachments.flatMap((one) => {
    const { attachment } = one;
    if (attachment.kind !== 'file' || attachment.contentId === null) return [];
    const id = normalizeContentId(attachment.contentId);
    return names.includes(id) ? [{ id, one, contentType: attachment.contentType }] : [];
  });

  async function show() {
    setState('busy');
    try {
      const fetched = new Map<string, string>();
      for (const { id, one, contentType } of found) {
        const address = await imageDataUrl(await download.mutateAsync(one), contentType);
        if (address !== null) fetched.set(id, address);
      }
      setPictures(fetched);
      setState('shown');
    } catch {
      setState('failed');
    }
  }

  return (
    <>
      <BodyFrame html={shown} label={t`Notes`} />
      {found.length > 0 && state !== 'shown' && (
        <div className={styles.notice}>
          <p className={styles.hint} role={state === 'failed' ? 'alert' : undefined}>
            {state === 'failed' ? t`The pictures could not be fetched.` : t`Pictures came along with these notes.`}
          </p>
          <Button isBusy={state === 'busy'} onPress={() => void show()}>
            {state === 'failed' ? t`Try again` : t`Show pictures`}
          </Button>
        </div>
      )}
    </>
  );
}
