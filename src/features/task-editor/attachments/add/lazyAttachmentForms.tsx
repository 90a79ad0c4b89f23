import type { AttachmentInput } from '../../../../data/attachments/useAttachments.ts';
import { createLazyChunk } from '../../../../domain/async/lazyChunk.ts';
import { useLazySurface } from '../../../../ui/overlays/useLazySurface.ts';

/** The open form with its initial values. */
export type OpenAttachmentForm = { kind: 'link'; name?: string; address?: string } | { kind: 'item' };

const forms = createLazyChunk(() => import('./attachmentForms.tsx'));

type Props = {
  form: OpenAttachmentForm | null;
  /** Key of the task's draft. */
  draftKey: string;
  onClose: () => void;
  /** Resolves to whether this device stores it. */
  onDraft: (draft: AttachmentInput) => Promise<boolean>;
};

/** Forms for links and items, loaded when the first one opens. */
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
