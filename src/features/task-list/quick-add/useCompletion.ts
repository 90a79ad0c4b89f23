import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import type * as Chips from './quickAddChips.tsx';
import type { Suggestion } from './quickAddSuggestions.tsx';
import type { FolderChoice } from './quickAddProps.ts';

type Input = {
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  setDraft: (text: string) => void;
  chips: Pick<typeof Chips, 'suggestionsAt'> | null;
  names: { categories: readonly string[]; context: { folders: readonly FolderChoice[] } };
};

/** Completes `#` and `@` words: the arrows choose a name, Tab takes the first, Enter only a chosen one. */
export function useCompletion({ field, draft, setDraft, chips, names }: Input) {
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [highlighted, setHighlighted] = useState(-1);
  /** The text for which the list was closed. */
  const [closedFor, setClosedFor] = useState<string>();
  const { categories, context } = names;
  const suggestions =
    chips === null || closedFor === draft
      ? []
      : chips.suggestionsAt(draft, caret, { categories, folders: context.folders.map(({ name }) => name) });
  const isOpen = suggestions.length > 0;
  /** Where the caret goes once the completed text is drawn. */
  const moveCaret = useRef<Suggestion>(undefined);
  useLayoutEffect(() => {
    const { current: chosen } = moveCaret;
    if (chosen?.draft !== draft) return;
    moveCaret.current = undefined;
    field.current?.setSelectionRange(chosen.caret, chosen.caret);
  }, [draft, field]);

  const moveTo = (place: number) => {
    setCaret(place);
    setHighlighted(-1);
  };
  const choose = (suggestion: Suggestion) => {
    moveCaret.current = suggestion;
    moveTo(suggestion.caret);
    setDraft(suggestion.draft);
    field.current?.focus();
  };
  /** True when the key was for the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen || event.nativeEvent.isComposing) return false;
    const chosen = suggestions[highlighted] ?? (event.key === 'Tab' && !event.shiftKey ? suggestions[0] : undefined);
    if (event.key === 'ArrowDown') setHighlighted((highlighted + 1) % suggestions.length);
    else if (event.key === 'ArrowUp') setHighlighted(highlighted <= 0 ? suggestions.length - 1 : highlighted - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) choose(chosen);
    else if (event.key === 'Escape') setClosedFor(draft);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    id,
    isOpen,
    suggestions,
    highlighted,
    activeId: isOpen && highlighted >= 0 ? `${id}${highlighted}` : undefined,
    moveTo,
    choose,
    onKeyDown,
  };
}
