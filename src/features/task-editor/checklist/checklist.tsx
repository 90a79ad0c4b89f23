import { useLingui } from '@lingui/react/macro';
import ChecklistIcon from 'lucide-react/icons/list-checks';
import { useCallback, useId, useLayoutEffect, useRef, useState } from 'react';
import { parseChecklist, checklistProgress } from '../../../domain/notes/checklistParser.ts';
import {
  withItemsAdded,
  withItemChecked,
  withItemMoved,
  withItemRemoved,
  withItemText,
} from '../../../domain/notes/checklistEdit.ts';
import type { TaskBody } from '../../../domain/task/task.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { announce } from '../../../ui/feedback/liveRegion.ts';
import { ChecklistItem, type ChecklistItemAction } from './checklistItem.tsx';
import { NewChecklistItem } from './newChecklistItem.tsx';
import styles from './checklist.module.css';

type Props = {
  taskId: string;
  body: TaskBody;
  isReadOnly: boolean;
  onChange: (body: TaskBody) => void;
  onBlur: () => void;
};

/** The lines of the body that begin with a box: to tick, to write, to put in another order, by pointer and by key. */
export function Checklist({ taskId, body, isReadOnly, onChange, onBlur }: Props) {
  const { t } = useLingui();
  const headId = useId();
  const list = useRef<HTMLUListElement>(null);
  const [isWanted, setIsWanted] = useState(false);
  /** The line whose field gets the focus once it is drawn; the cursor stands behind its words where nothing else is said. */
  const next = useRef<{ at: number; content: string; caret?: number } | null>(null);
  const lines = parseChecklist(body);
  const progress = checklistProgress(body);

  // Only once the change is drawn: earlier, the focus and the cursor would go into the old lines.
  useLayoutEffect(() => {
    if (next.current === null || next.current.content !== body.content) return;
    const { at, caret } = next.current;
    const field = list.current?.querySelectorAll('textarea')[at];
    field?.focus();
    field?.setSelectionRange(caret ?? field.value.length, caret ?? field.value.length);
    next.current = null;
  });

  function change(changed: TaskBody, focused: { at: number; caret?: number } | null) {
    next.current = focused === null ? null : { ...focused, content: changed.content };
    onChange(changed);
  }

  function act(at: number, what: ChecklistItemAction) {
    switch (what.kind) {
      case 'done':
        return onChange(withItemChecked(body, at, what.isDone));
      case 'text':
        return onChange(withItemText(body, at, what.text));
      case 'split':
        return change(withItemsAdded(withItemText(body, at, what.first), at, what.others), {
          at: at + what.others.length,
          caret: what.caret,
        });
      case 'join': {
        const [before = '', words = ''] = [lines[at - 1]?.text, lines[at]?.text];
        const start = before === '' ? before : `${before} `;
        const joined = withItemRemoved(withItemText(body, at - 1, start + words), at);
        return change(joined, { at: at - 1, caret: start.length });
      }
      case 'move': {
        const to = at + what.by;
        if (to < 0 || to >= lines.length) return undefined;
        change(withItemMoved(body, at, to), { at: to });
        return announce(t`Moved to ${to + 1} of ${lines.length}`, 'polite');
      }
      case 'remove':
        return change(withItemRemoved(body, at), lines.length === 1 ? null : { at: Math.max(0, at - 1) });
      case 'leave':
        return onBlur();
    }
  }
  // The same for as long as the list is there: a line is drawn again only when it says something else.
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  const onAct = useCallback((at: number, what: ChecklistItemAction) => latest.current(at, what), []);

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
          <ChecklistItem
            // Lines have no names of their own: their places are what stays while their words change.
            key={String(at)}
            line={line}
            number={at + 1}
            count={lines.length}
            isReadOnly={isReadOnly}
            onAct={onAct}
          />
        ))}
      </ul>
      {!isReadOnly && (
        <NewChecklistItem
          taskId={taskId}
          isFirst={lines.length === 0}
          onAdd={(texts) => onChange(withItemsAdded(body, null, texts))}
          onLeave={() => {
            // Nothing moves away from under a finger: what it presses would be missed.
            if (lines.length === 0 && document.querySelector(':active') === null) setIsWanted(false);
            onBlur();
          }}
        />
      )}
    </div>
  );
}
