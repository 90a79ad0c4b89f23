import { useLingui } from '@lingui/react/macro';
import EyeIcon from 'lucide-react/icons/eye';
import { useSharedFolder } from '../../../data/sharing/useSharing.ts';
import type { Place } from '../../../domain/task/task.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';

/** A toast that explains why a key or a press changed nothing. */
export function useReadOnlyToast(place: Place | undefined): () => void {
  const { t } = useLingui();
  const owner = useOwner(place);
  return () => {
    toasts.show({ text: t`View only. Ask ${owner} for “Can edit”.` });
  };
}

type Props = { name: string; place: Place; link: string | null };

/** Replaces the quick-add field in a read-only folder, with a button to ask for edit access. */
export function ReadOnlyNotice({ name, place, link }: Props) {
  const { t } = useLingui();
  const owner = useOwner(place);
  const ask = () => {
    const request = t`Could you give me “Can edit” for “${name}” in Threefold? ${link ?? ''}`;
    navigator.clipboard.writeText(request).then(
      () => toasts.show({ text: t`A sentence to send to ${owner} is copied` }),
      () => toasts.show({ kind: 'error', text: t`Nothing was copied: this browser does not allow it.` }),
    );
  };
  return (
    <Banner kind="neutral" icon={<EyeIcon aria-hidden />} action={{ label: t`Ask to edit`, onAction: ask }}>
      {t`View only.`}
    </Banner>
  );
}

function useOwner(place: Place | undefined): string {
  const shared = useSharedFolder(place ?? { mailbox: 'me', id: '' });
  return truncateName(shared?.owner.name || (place?.mailbox ?? ''));
}
