import { useLingui } from '@lingui/react/macro';
import ChecklistIcon from 'lucide-react/icons/list-checks';
import { useEffect, useId, useRef, useState } from 'react';
import { checklistOf, progressOf } from '../../domain/checklist.ts';
import { withAdded, withDone, withMoved, withoutLine, withText } from '../../domain/checklistEdit.ts';
import type { Body } from '../../domain/task.ts';
import { Button } from '../../ui/button.tsx';
import { announce } from '../../ui/liveRegion.ts';
import { CheckItem } from './checkItem.tsx';
import { NewItem } from './newItem.tsx';
import styles from './checklist.module.css';

type Props = { taskId: string; body: Body; isReadOnly: boolean; onChange: (body: Body) => void; onBlur: () => void };

/** The lines of the body that begin with a box: to tick, to write, to put in another order, by pointer and by key. */
export function Checklist({ taskId, body, isReadOnly, onChange, onBlur }: Props) {
  const { t } = useLingui();
  const headId = useId();
  const list = useRef<HTMLUListElement>(null);
  const [isWanted, setIsWanted] = useState(false);
  /** The line whose field gets the focus once it is drawn. */
  const next = useRef<number | null>(null);
  const lines = checklistOf(body);
  const progress = progressOf(body);

  useEffect(() => {
    if (next.current === null) return;
    list.current?.querySelectorAll<HTMLInputElement>('input[type=text]')[next.current]?.focus();
    next.current = null;
  });

  if (lines.length === 0 && !isWanted) {
    return isReadOnly ? null : (
      <Button
        variant="quiet"
        className={styles.start}
        icon={<ChecklistIcon aria-hidden />}
        onPress={() => setIsWanted(true)}
      >{t`Add checklist`}</Button>
    );
  }

  function move(from: number, to: number) {
    if (to < 0 || to >= lines.length) return;
    onChange(withMoved(body, from, to));
    next.current = to;
    announce(t`Moved to ${to + 1} of ${lines.length}`, 'polite');
  }
  function remove(at: number) {
    onChange(withoutLine(body, at));
    next.current = lines.length === 1 ? null : Math.max(0, at - 1);
  }
  /** The first of several pasted lines goes where the cursor is, the others below. */
  function add(after: number, texts: readonly string[]) {
    onChange(withAdded(body, after, texts));
    next.current = after + texts.length;
  }

  return (
    <div className={styles.checklist} role="group" aria-labelledby={headId}>
      <h4 id={headId} className={styles.head}>
        {t`Checklist`}
        {progress !== null && (
          <span className={styles.count}>
            <span aria-hidden>{`${progress.done}/${progress.total}`}</span>
            <span className="hidden-visually">{t`${progress.done} of ${progress.total} done`}</span>
          </span>
        )}
      </h4>
      {progress !== null && (
        <progress className={styles.progress} value={progress.done} max={progress.total} aria-hidden />
      )}
      <ul ref={list} className={styles.items}>
        {lines.map((line, at) => (
          <CheckItem
            // Lines have no names of their own: their places are what stays while their words change.
            key={String(at)}
            line={line}
            number={at + 1}
            count={lines.length}
            isReadOnly={isReadOnly}
            onDone={(isDone) => onChange(withDone(body, at, isDone))}
            onText={(text) => onChange(withText(body, at, text))}
            onAdd={(texts) => add(at, texts)}
            onPaste={(first, others) => {
              onChange(withAdded(withText(body, at, first), at, others));
              next.current = at + others.length;
            }}
            onMove={(by) => move(at, at + by)}
            onRemove={() => remove(at)}
            onBlur={onBlur}
          />
        ))}
      </ul>
      {!isReadOnly && (
        <NewItem
          taskId={taskId}
          isFirst={lines.length === 0}
          onAdd={(texts) => onChange(withAdded(body, null, texts))}
          onLeave={() => {
            if (lines.length === 0) setIsWanted(false);
            onBlur();
          }}
        />
      )}
    </div>
  );
}
