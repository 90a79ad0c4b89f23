import { useEffect, useRef } from 'react';
import { useSignOut } from '../features/account/useSignOut.tsx';

/** Signs out, after a question when changes wait. Mounted anew each time it is asked for. */
export function SignOutQuestion() {
  const { ask, question } = useSignOut();
  const isAsked = useRef(false);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    ask();
  });
  return question;
}
