import { useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';

/**
 * A choice kept on this device, for this account: how a folder is sorted, whether its completed tasks are shown. A kept
 * value that is not one of `values` (an older or newer app wrote it) counts as none.
 */
export function usePersistedChoice<T extends string>(
  key: string,
  values: readonly T[],
  fallback: T,
): readonly [T, (value: T) => void] {
  const { preferences } = useDeps().outbox;
  const name = `list:${key}`;
  const read = () => values.find((value) => value === preferences.get(name)) ?? fallback;
  const [held, setHeld] = useState(() => ({ name, value: read() }));
  const current = held.name === name ? held : { name, value: read() };
  if (current !== held) setHeld(current);
  const set = (value: T) => {
    preferences.set(name, value);
    setHeld({ name, value });
  };
  return [current.value, set];
}
