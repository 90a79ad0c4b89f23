import { useLingui } from '@lingui/react/macro';
import { useLayoutEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { limits } from '../../../domain/limits.ts';
import styles from './nameField.module.css';

type Props = {
  label: string;
  initial: string;
  /** Why the name is invalid, or null. */
  problemWith: (name: string) => string | null;
  onSave: (name: string) => void;
  onCancel: () => void;
};

/** Longer than a menu takes to close. */
const maxFocusFrames = 60;

/**
 * A name edited in place: Enter saves, Escape cancels, blur saves a valid name. An invalid name stays in the field with the
 * reason below it; an empty one is cancelled.
 */
export function NameField({ label, initial, problemWith, onSave, onCancel }: Props) {
  const { t } = useLingui();
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  const problemId = useId();

  // A closing menu contains the focus until it is gone.
  useLayoutEffect(() => {
    let frame = 0;
    let tries = 0;
    function takeFocus() {
      field.current?.focus();
      if (document.activeElement === field.current) field.current?.select();
      else if (tries++ < maxFocusFrames) frame = requestAnimationFrame(takeFocus);
    }
    takeFocus();
    return () => cancelAnimationFrame(frame);
  }, []);

  function finish(run: () => void) {
    // Enter and Escape unmount the field, which blurs it: only the first event counts.
    if (isOver.current) return;
    isOver.current = true;
    run();
  }

  /** After a key, the focus returns to the row before the field is unmounted. */
  function focusRow() {
    field.current?.closest<HTMLElement>('[role=treeitem]')?.focus();
  }

  function save() {
    if (name.trim() === initial) return finish(onCancel);
    const found = problemWith(name);
    setProblem(found);
    if (found === null) finish(() => onSave(name.trim()));
  }

  function onKeyDown(event: KeyboardEvent) {
    // Keys typed in the field are not keys of the tree.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') save();
    if (event.key === 'Escape') finish(onCancel);
    if (isOver.current) focusRow();
  }

  return (
    <span className={styles.field}>
      <input
        ref={field}
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
        autoComplete="off"
        enterKeyHint="done"
        maxLength={limits.placeName}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          // The browser cuts what is pasted at the limit without a word.
          const isFull = event.target.value.length >= limits.placeName;
          setProblem(isFull ? t`The limit of ${limits.placeName} characters is reached.` : null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => (name.trim() === '' ? finish(onCancel) : save())}
      />
      {problem !== null && (
        <span id={problemId} role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </span>
  );
}
