import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { EnteredTask, QuickAddProps } from './quickAddProps.ts';

type Input = Pick<QuickAddProps, 'isReady' | 'onAdd' | 'onAddMany'> & {
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  setDraft: (text: string) => void;
  clear: () => void;
};

/** Adds the tasks of a draft: at once, or as soon as the target folder is known. */
export function useDraftSubmit({ field, draft, setDraft, clear, isReady, onAdd, onAddMany }: Input) {
  /** Several lines are being saved; the field shows those that are not saved yet. */
  const [isBusy, setIsBusy] = useState(false);
  const submit = (tasks: readonly EnteredTask[], text = draft) => {
    const [only] = tasks;
    if (only === undefined) return;
    let isSaving = tasks.length > 1;
    // Unsaved text returns to the field, unless something else was typed meanwhile.
    const restore = (text: string) => {
      if (!isSaving && field.current !== null && field.current.value !== '') return;
      if (text === '') clear();
      else setDraft(text);
    };
    if (!isSaving) {
      clear();
      onAdd(only, () => restore(text));
      return;
    }
    setIsBusy(true);
    onAddMany(tasks, (left, isOver) => {
      restore(left.map(({ line }) => line).join('\n'));
      if (isOver) {
        isSaving = false;
        setIsBusy(false);
      }
    });
  };
  /** Tasks entered before the target folder is known. */
  const queued = useRef<readonly EnteredTask[]>(undefined);
  const submitQueued = useEffectEvent(() => {
    const { current: entered = [] } = queued;
    queued.current = undefined;
    submit(entered);
  });
  useEffect(() => {
    if (isReady) submitQueued();
  }, [isReady]);

  /** The draft as it will be drawn: several lines may return before that. */
  const latest = useRef(draft);
  useLayoutEffect(() => {
    latest.current = draft;
  }, [draft]);
  /** Lines that have returned, at the beginning of the draft. */
  const returned = useRef('');
  const restoreLine = (line: string) => {
    const text = latest.current;
    const before = text.startsWith(returned.current) ? returned.current : '';
    returned.current = `${before}${line}\n`;
    latest.current = returned.current + text.slice(before.length);
    setDraft(latest.current);
  };

  return {
    isBusy,
    add: (tasks: readonly EnteredTask[]) => {
      field.current?.focus();
      if (isBusy) return;
      if (isReady) submit(tasks);
      else if (tasks.length > 0) queued.current = tasks;
    },
    /** Adds one task for a line that has left the draft; a line that is not saved returns before what follows it. */
    addLine: (task: EnteredTask) => onAdd(task, () => restoreLine(task.line)),
    /** For a changed text: what was entered before no longer counts. */
    dropQueued: () => {
      queued.current = undefined;
    },
  };
}
