import { useLayoutEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import styles from './nameField.module.css';

type Props = {
  label: string;
  initial: string;
  /** Words for why this name cannot be, or null. */
  problemWith: (name: string) => string | null;
  onSave: (name: string) => void;
  onCancel: () => void;
};

/** In frames: longer than a menu takes to close. */
const patience = 60;

/**
 * A name, changed where it stands. Enter saves, Escape keeps the old one, leaving saves what can be saved. A name that
 * cannot be stays in the field with the reason under it, so that nothing typed is lost; only an empty one is given up.
 */
export function NameField({ label, initial, problemWith, onSave, onCancel }: Props) {
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  const problemId = useId();

  // The menu that asked for the field may still be closing, and nothing outside it takes the focus until it is gone.
  useLayoutEffect(() => {
    let frame = 0;
    let tries = 0;
    function take() {
      field.current?.focus();
      if (document.activeElement === field.current) field.current?.select();
      else if (tries++ < patience) frame = requestAnimationFrame(take);
    }
    take();
    return () => cancelAnimationFrame(frame);
  }, []);

  function finish(how: () => void) {
    // Enter and Escape take the field away, which also blurs it: only the first of the two counts.
    if (isOver.current) return;
    isOver.current = true;
    how();
  }

  /** From the keyboard: the focus goes back to the row before the field leaves it. */
  function stepOut() {
    field.current?.closest<HTMLElement>('[role=treeitem]')?.focus();
  }

  function save() {
    if (name.trim() === initial) return finish(onCancel);
    const found = problemWith(name);
    setProblem(found);
    if (found === null) finish(() => onSave(name.trim()));
  }

  function onKeyDown(event: KeyboardEvent) {
    // The tree around the field has keys of its own; while typing they belong to the text.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') save();
    if (event.key === 'Escape') finish(onCancel);
    if (isOver.current) stepOut();
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
        maxLength={255}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          setProblem(null);
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
