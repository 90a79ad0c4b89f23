import { useEffect, useEffectEvent, useRef } from 'react';

/** Several lines entered before the parser is here: added once it is, unless they are edited first. */
export function useLateList(isPending: boolean, draft: string, onAdd: () => void) {
  const entered = useRef<string>(undefined);
  const addEntered = useEffectEvent(() => {
    const { current: lines } = entered;
    entered.current = undefined;
    if (lines !== undefined && lines === draft) onAdd();
  });
  useEffect(() => {
    if (!isPending) addEntered();
  }, [isPending]);
  return {
    enter: () => {
      entered.current = draft;
    },
  };
}
