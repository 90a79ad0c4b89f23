import { useCallback, useState } from 'react';
import { useDeps } from '../dataProvider.tsx';

/**
 * Typed text that survives a reload: stored at every input, in the account's database (docs/architecture.md#drafts).
 * `key` names the field, as in 'subject:ID'. The value is undefined when there is no draft.
 */
export function useDraft(key: string): readonly [string | undefined, (text: string) => void, () => void] {
  const { texts } = useDeps().outbox;
  const name = `draft:${key}`;
  const [held, setHeld] = useState({ name, text: texts.get(name) });
  // Another key is another draft: React's way to derive state from a changed prop, without a flash of the old one.
  const current = held.name === name ? held : { name, text: texts.get(name) };
  if (current !== held) setHeld(current);
  const set = useCallback(
    (text: string) => {
      texts.set(name, text);
      setHeld({ name, text });
    },
    [texts, name],
  );
  const clear = useCallback(() => {
    texts.remove(name);
    setHeld({ name, text: undefined });
  }, [texts, name]);
  return [current.text, set, clear];
}
