import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useDraft } from '../../../data/account/useDraft.ts';

/** Pause in typing after which a change is made, in ms (docs/design.md#confirmation-and-undo). */
const pause = 600;

/** `none`: what is typed is a change already; `open`: it is about to be; `stuck`: it cannot be, and the field says why. */
export type AutosaveState = 'none' | 'open' | 'stuck';

type Options = {
  /** Names the draft: the same field of the same task has the same one after a reload. */
  draftKey: string;
  /** What the task holds now. */
  saved: string;
  /** Makes a change of the text; settles when it is saved on this device. */
  save: (text: string) => Promise<unknown>;
  /** Words for why this text cannot be saved, or null. */
  problemWith?: (text: string) => string | null;
  onTyping?: (typing: AutosaveState) => void;
};

/**
 * Text that is saved as it is typed. The draft is kept at every input; the change follows after a pause, or at once when
 * the field, the editor or the page is left. Text that cannot be saved stays a draft beside the reason; leaving the
 * editor with it keeps what the task had.
 */
export function useAutosave({ draftKey, saved, save, problemWith, onTyping }: Options) {
  const [draft, setDraft, clearDraft] = useDraft(draftKey);
  const [failed, setFailed] = useState(false);
  // What is in the field now, for answers that come after more was typed.
  const latest = useRef(draft);
  const onItsWay = useRef<string>(undefined);
  const text = draft ?? saved;
  const problem = draft === undefined ? null : (problemWith?.(draft) ?? null);

  function drop() {
    latest.current = undefined;
    clearDraft();
  }

  function flush() {
    if (draft === undefined || problem !== null) return;
    if (draft === saved) return drop();
    // Leaving the field right after the pause must not make the same change twice.
    if (onItsWay.current === draft) return;
    onItsWay.current = draft;
    setFailed(false);
    save(draft)
      .then(() => (latest.current === draft ? drop() : undefined))
      .catch(() => setFailed(true))
      .finally(() => (onItsWay.current = undefined));
  }

  const onPause = useEffectEvent(flush);
  const onLeave = useEffectEvent(() => {
    if (problem === null) flush();
    else drop();
  });

  // Also what was typed before a reload: it is saved like any other typing.
  useEffect(() => {
    if (draft === undefined) return undefined;
    const timer = setTimeout(() => onPause(), pause);
    return () => clearTimeout(timer);
  }, [draft]);

  useEffect(() => {
    const onHide = () => onPause();
    window.addEventListener('pagehide', onHide);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      window.removeEventListener('pagehide', onHide);
      document.removeEventListener('visibilitychange', onHide);
      onLeave();
    };
  }, []);

  const typing: AutosaveState =
    draft === undefined || draft === saved ? 'none' : problem !== null || failed ? 'stuck' : 'open';
  const tell = useEffectEvent((now: AutosaveState) => onTyping?.(now));
  useEffect(() => tell(typing), [typing]);

  return {
    text,
    problem,
    /** This device did not take it; the draft is kept and goes again with the next input. */
    failed,
    onChange(next: string) {
      latest.current = next;
      setDraft(next);
    },
    onBlur: flush,
    /** What is typed is part of another change now. */
    letGo: drop,
  };
}
