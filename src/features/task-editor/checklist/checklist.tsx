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

/** A checklist of thousands of lines, pasted or from elsewhere, is drawn whole only when somebody asks for it. */
const mostLines = 200;

/** The lines of the body that begin with a box: to tick, to write, to put in another order, by pointer and by key. */
export function Checklist({ taskId, body, isReadOnly, onChange, onBlur }: Props) {
  const { t } = useLingui();
  const headId = useId();
  const list = useRef<HTMLUListElement>(null);
  const [isWanted, setIsWanted] = useState(false);
  /** The line whose field gets the focus once it is drawn; the cursor stands behind its words where nothing else is said. */
  const next = useRef<{ at: number; caret?: number } | null>(null);
  const [most, setMost] = useState(mostLines);
  const lines = parseChecklist(body);

  // A passive effect may run late, before the next change is drawn, and would place the cursor in the old lines.
  useLayoutEffect(() => {
    if (next.current === null) return;
    const { at, caret } = next.current;
    const field = list.current?.querySelectorAll('textarea')[at];
    field?.focus();
    field?.setSelectionRange(caret ?? field.value.length, caret ?? field.value.length);
    next.current = null;
  });

  function focusNext(at: number, caret?: number) {
    if (at >= most) setMost(Infinity);
    next.current = caret === undefined ? { at } : { at, caret };
  }

  function act(at: number, what: ChecklistItemAction) {
    switch (what.kind) {
      case 'done':
        return onChange(withItemChecked(body, at, what.isDone));
      case 'text':
        return onChange(withItemText(body, at, what.text));
      case 'split':
        onChange(withItemsAdded(withItemText(body, at, what.first), at, what.others));
        focusNext(at + what.others.length, what.caret);
        return undefined;
      case 'join': {
        const [before = '', words = ''] = [lines[at - 1]?.text, lines[at]?.text];
        const start = before === '' ? before : `${before} `;
        onChange(withItemRemoved(withItemText(body, at - 1, start + words), at));
        focusNext(at - 1, start.length);
        return undefined;
      }
      case 'move': {
        const to = at + what.by;
        if (to < 0 || to >= lines.length) return undefined;
        onChange(withItemMoved(body, at, to));
        focusNext(to);
        return announce(t`Moved to ${to + 1} of ${lines.length}`, 'polite');
      }
      case 'remove':
        onChange(withItemRemoved(body, at));
        if (lines.length > 1) focusNext(Math.max(0, at - 1));
        return undefined;
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
      <ChecklistHead id={headId} progress={checklistProgress(body)} />
      <ul ref={list} className={styles.items}>
        {lines.slice(0, most).map((line, at) => (
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
      {lines.length > most && (
        <Button variant="quiet" onPress={() => setMost(Infinity)}>{t`Show all ${lines.length} items`}</Button>
      )}
      {!isReadOnly && (
        <NewChecklistItem
          taskId={taskId}
          isFirst={lines.length === 0}
          onAdd={(texts) => {
            // What was just typed is seen.
            if (lines.length + texts.length > most) setMost(Infinity);
            onChange(withItemsAdded(body, null, texts));
          }}
          onLeave={() => {
            if (lines.length === 0) setIsWanted(false);
            onBlur();
          }}
        />
      )}
    </div>
  );
}

/** The heading with how much is done, in numbers and as a bar. */
function ChecklistHead({ id, progress }: { id: string; progress: ReturnType<typeof checklistProgress> }) {
  const { t } = useLingui();
  return (
    <>
      <h4 id={id} className={styles.head}>
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
    </>
  );
}
