import { useLingui } from '@lingui/react/macro';
import { useShared } from '../../data/sharing/useSharing.ts';
import type { Place } from '../../domain/task/task.ts';
import { nameInWords } from '../../ui/labels/truncateName.ts';
import { Stripe } from '../../ui/feedback/banner.tsx';

/** Why the task is read-only, and who can change that. */
export function LookOnly({ place }: { place: Place }) {
  const { t } = useLingui();
  const shared = useShared(place);
  const owner = nameInWords(shared?.owner.name || place.mailbox);
  return (
    <Stripe kind="neutral">
      {t`You can look, not change. Ask ${owner} for “Can edit” if you need to tick things off.`}
    </Stripe>
  );
}
