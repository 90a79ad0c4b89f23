import { useLingui } from '@lingui/react/macro';
import { useSharedFolder } from '../../data/sharing/useSharing.ts';
import type { Place } from '../../domain/task/task.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { Banner } from '../../ui/feedback/banner.tsx';

/** Why the task is read-only, and who can change that. */
export function ReadOnlyHint({ place }: { place: Place }) {
  const { t } = useLingui();
  const shared = useSharedFolder(place);
  const owner = truncateName(shared?.owner.name || place.mailbox);
  return <Banner kind="neutral">{t`View only. Ask ${owner} for “Can edit” to complete tasks.`}</Banner>;
}
