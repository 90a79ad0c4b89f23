import { useState } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';

/**
 * A choice stored on this device for this account, such as a folder's sort order. A stored value that is not one of `values`
 * (written by another version) counts as none.
 */
export function usePersistedChoice<T extends string>(
  key: string,
  values: readonly T[],
  fallback: T,
): readonly [T, (value: T) => void] {
  const { preferences } = useDeps().outbox;
  const name = `list:${key}`;
  const read = () => values.find((value) => value === preferences.get(name)) ?? fallback;
  const [stored, setStored] = useState(() => ({ name, value: read() }));
  const current = stored.name === name ? stored : { name, value: read() };
  if (current !== stored) setStored(current);
  const set = (value: T) => {
    preferences.set(name, value);
    setStored({ name, value });
  };
  return [current.value, set];
}
