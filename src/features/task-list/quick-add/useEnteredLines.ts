import { useEffectEvent, useLayoutEffect, useRef } from 'react';

type Input = {
  draft: string;
  setDraft: (text: string) => void;
  /** Whether lines can be added now. */
  canAdd: boolean;
  /** Adds lines of the draft, each as one task; `rest` is the text after them. */
  onAdd: (lines: readonly string[], rest: string) => void;
};

/**
 * Lines entered before they can be added. Each stays in the draft, ended by a line break, and is added as soon as that is
 * possible; what is typed meanwhile is the next task. Editing an entered line makes it plain text again.
 */
export function useEnteredLines({ draft, setDraft, canAdd, onAdd }: Input) {
  const entered = useRef('');
  const hasEntered = () => entered.current !== '' && draft.startsWith(entered.current);
  const addEntered = useEffectEvent(() => {
    const text = entered.current;
    const isInDraft = hasEntered();
    entered.current = '';
    if (!isInDraft) return;
    const lines = text.split('\n').map((line) => line.trim());
    onAdd(
      lines.filter((line) => line !== ''),
      draft.slice(text.length),
    );
  });
  useLayoutEffect(() => {
    if (canAdd) addEntered();
  }, [canAdd]);

  return {
    hasEntered,
    /** For a draft that is added as a whole. */
    drop: () => {
      entered.current = '';
    },
    enter: () => {
      const start = hasEntered() ? entered.current : '';
      if (draft.slice(start.length).trim() === '') return;
      entered.current = `${draft}\n`;
      setDraft(entered.current);
    },
  };
}
