import type { Draft } from '../../../../data/attachments/useAttachments.ts';
import { createChunk } from '../../../../ui/loading/lazyChunk.ts';
import { useSurface } from '../../../../ui/overlays/useLazySurface.ts';

/** Which form is open, with what is known beforehand. */
export type OpenForm = { kind: 'link'; name?: string; address?: string } | { kind: 'item' };

const forms = createChunk(() => import('./attachmentForms.tsx'));

type Props = {
  form: OpenForm | null;
  /** Of the task: what is typed and not attached is kept under it. */
  draftKey: string;
  onClose: () => void;
  /** Whether this device keeps it. */
  onDraft: (draft: Draft) => Promise<boolean>;
};

/** Ways to attach what is no file, fetched when the first one opens. */
export function Forms({ form, draftKey, onClose, onDraft }: Props) {
  const loaded = useSurface(forms, form !== null, onClose);
  if (loaded === null || form === null) return null;
  const finish = (draft: Draft) => {
    onClose();
    return onDraft(draft);
  };
  return form.kind === 'link' ? (
    <loaded.LinkForm start={form} onClose={onClose} onDraft={finish} />
  ) : (
    <loaded.ItemForm draftKey={draftKey} onClose={onClose} onDraft={finish} />
  );
}
