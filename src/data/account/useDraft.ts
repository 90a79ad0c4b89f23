import { useCallback, useState } from 'react';
import { useDeps } from '../dataProvider.tsx';

/**
 * Typed text that survives a reload: stored at every input, in the account's database (docs/architecture.md#drafts).
 * `key` names the field, as in 'subject:ID'. The value is undefined when there is no draft.
 */
export function useDraft(key: string): readonly [string | undefined, (text: string) => void, () => void] {
  const { preferences } = useDeps().outbox;
  const name = `draft:${key}`;
  const [held, setHeld] = useState({ name, text: preferences.get(name) });
  // Another key is another draft: state derived from a changed prop, so that the old text never shows.
  const current = held.name === name ? held : { name, text: preferences.get(name) };
  if (current !== held) setHeld(current);
  const set = useCallback(
    (text: string) => {
      preferences.set(name, text);
      setHeld({ name, text });
    },
    [preferences, name],
  );
  const clear = useCallback(() => {
    preferences.remove(name);
    setHeld({ name, text: undefined });
  }, [preferences, name]);
  return [current.text, set, clear];
}
