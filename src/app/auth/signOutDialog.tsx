import { useEffect, useEffectEvent } from 'react';
import { useSignOut } from '../../features/account/settings/useSignOut.tsx';

/** Signs out each time `asked` counts up, after a question when changes wait. Kept mounted, so that the question is at hand offline. */
export function SignOutDialog({ asked }: { asked: number }) {
  const { ask, question } = useSignOut();
  const start = useEffectEvent(ask);
  useEffect(() => {
    if (asked > 0) start();
  }, [asked]);
  return question;
}
