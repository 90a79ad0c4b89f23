import type { AttachmentInput } from '../../../../data/attachments/useAttachments.ts';
import { createLazyChunk } from '../../../../ui/loading/lazyChunk.ts';
import { useLazySurface } from '../../../../ui/overlays/useLazySurface.ts';

/** Which form is open, with what is known beforehand. */
export type OpenAttachmentForm = { kind: 'link'; name?: string; address?: string } | { kind: 'item' };

const forms = createLazyChunk(() => import('./attachmentForms.tsx'));

type Props = {
  form: OpenAttachmentForm | null;
  /** Of the task: what is typed and not attached is kept under it. */
  draftKey: string;
  onClose: () => void;
  /** Whether this device keeps it. */
  onDraft: (draft: AttachmentInput) => Promise<boolean>;
};

/** Ways to attach what is no file, fetched when the first one opens. */
export function LazyAttachmentForms({ form, draftKey, onClose, onDraft }: Props) {
  const loaded = useLazySurface(forms, form !== null, onClose);
  if (loaded === null || form === null) return null;
  const finish = (draft: AttachmentInput) => {
    onClose();
    return onDraft(draft);
  };
  return form.kind === 'link' ? (
    <loaded.LinkForm start={form} onClose={onClose} onDraft={finish} />
  ) : (
    <loaded.ItemForm draftKey={draftKey} onClose={onClose} onDraft={finish} />
  );
}
