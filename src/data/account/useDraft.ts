import { useCallback, useState } from 'react';
import { useDeps } from '../dataProvider.tsx';

/**
 * Typed text that survives a reload: stored at every input, in the account's database (docs/architecture.md#drafts).
 * `key` names the field, as in 'subject:ID'. The value is undefined when there is no draft.
 * @returns the draft, and functions that set it, remove it, and hide it in this field while the disk keeps it.
 */
export function useDraft(
  key: string,
): readonly [text: string | undefined, set: (text: string) => void, clear: () => void, hide: () => void] {
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
  const hide = useCallback(() => setHeld({ name, text: undefined }), [name]);
  return [current.text, set, clear, hide];
}
