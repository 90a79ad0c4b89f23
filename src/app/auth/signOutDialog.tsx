import { useEffect, useEffectEvent } from 'react';
import { useSignOut } from '../../features/account/settings/useSignOut.tsx';

/** Signs out each time `requests` increases, asking first when changes are unsent. Stays mounted to work offline. */
export function SignOutDialog({ requests }: { requests: number }) {
  const { ask, question } = useSignOut();
  const start = useEffectEvent(ask);
  useEffect(() => {
    if (requests > 0) start();
  }, [requests]);
  return question;
}
