import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useDraft } from '../../../data/account/useDraft.ts';

/** Pause in typing after which a change is made, in ms (docs/design.md#confirmation-and-undo). */
const pauseMs = 600;

/** `none`: everything typed is saved; `open`: it is about to be; `stuck`: it cannot be saved, and the field says why. */
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
  /** Text that cannot be saved stays a draft when the editor closes, where that text would be missed. */
  keepsDraft?: (text: string) => boolean;
  onTyping?: (typing: AutosaveState) => void;
};

/**
 * Saves text while it is typed. Every input updates the draft; the change is made after a pause, or when the field, the
 * editor or the page is left. Invalid text stays a draft, and is discarded when the editor closes unless it has to be kept.
 */
export function useAutosave({ draftKey, saved, save, problemWith, keepsDraft, onTyping }: Options) {
  const { t } = useLingui();
  const [draft, setDraft, clearDraft, hideDraft] = useDraft(draftKey);
  const [failed, setFailed] = useState(false);
  // The field's text now: more may have been typed since the last drawing, or since a save began.
  const latest = useRef(draft);
  const inFlight = useRef<string>(undefined);
  const text = draft ?? saved;
  const problem = draft === undefined ? null : (problemWith?.(draft) ?? null);

  function discard() {
    latest.current = undefined;
    clearDraft();
  }

  function discardAfter(isStored: Promise<boolean>) {
    const { current: contained } = latest;
    latest.current = undefined;
    hideDraft();
    const restore = () => {
      if (contained === undefined || latest.current !== undefined) return;
      latest.current = contained;
      setDraft(contained);
    };
    const settle = async () => {
      let stored = false;
      try {
        stored = await isStored;
      } finally {
        if (!stored) restore();
        else if (latest.current === undefined) clearDraft();
      }
    };
    void settle();
  }

  function flush() {
    const { current: typed } = latest;
    if (typed === undefined || (problemWith?.(typed) ?? null) !== null) return;
    // It shows as saved before it is on disk. Until then the draft stays, and the same change is not made twice.
    if (inFlight.current === typed) return;
    if (typed === saved) return discard();
    inFlight.current = typed;
    setFailed(false);
    save(typed)
      .then(() => (latest.current === typed ? discard() : undefined))
      .catch(() => setFailed(true))
      .finally(() => {
        if (inFlight.current === typed) inFlight.current = undefined;
      });
  }

  const onPause = useEffectEvent(flush);
  const onLeave = useEffectEvent(() => {
    if (problem === null) flush();
    else if (keepsDraft?.(text) !== true) discard();
  });

  // A draft from before a reload is saved, too.
  useEffect(() => {
    if (draft === undefined) return undefined;
    const timer = setTimeout(() => onPause(), pauseMs);
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
  const notify = useEffectEvent((now: AutosaveState) => onTyping?.(now));
  useEffect(() => notify(typing), [typing]);

  return {
    text,
    /** Why the text is not saved, for the field; null while nothing hinders it. */
    problem: failed ? t`Could not save on this device. Free some space and type again.` : problem,
    /** The text itself may be saved. */
    isValid: problem === null,
    onChange(next: string) {
      latest.current = next;
      setDraft(next);
    },
    onBlur: flush,
    /** Another change contains the draft: the field hides it, and the disk keeps it until that is stored. */
    discardAfter,
  };
}
