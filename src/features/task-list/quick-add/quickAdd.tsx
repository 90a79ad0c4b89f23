import { useLingui } from '@lingui/react/macro';
import PlusIcon from 'lucide-react/icons/plus';
import { useId, useImperativeHandle, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useDraft } from '../../../data/account/useDraft.ts';
import { Shortcut } from '../../../ui/keyboard/shortcut.tsx';
import { limits } from '../../../domain/limits.ts';
import type { QuickAddProps } from './quickAddProps.ts';
import { useDraftSubmit } from './useDraftSubmit.ts';
import { useEnteredLines } from './useEnteredLines.ts';
import { useLateList } from './useLateList.ts';
import { useParsedDraft } from './useParsedDraft.ts';
import styles from './quickAdd.module.css';

/**
 * The field above the list: Enter adds a task, several pasted lines become several tasks. The text is a stored draft
 * (docs/architecture.md#drafts); recognised words show as chips (docs/decisions/0031-dates-in-words.md).
 */
export function QuickAdd({ place, folderName, folders, isReady, onAdd, onAddMany, onLeave, ref }: QuickAddProps) {
  const { t } = useLingui();
  const [draft = '', setDraft, clearDraft] = useDraft(`quickAdd:${place}`);
  const field = useRef<HTMLTextAreaElement>(null);
  const descriptionId = useId();
  const lengthId = useId();
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));

  const read = useParsedDraft(draft, folders);
  const { lines, isList, parsed, isParserPending, chips, keys } = read;
  const clear = () => {
    clearDraft();
    read.resetTokens();
  };
  const label = folderName === undefined ? t`Add a task` : t`Add a task to ${folderName}`;
  const submit = useDraftSubmit({ field, draft, setDraft, clear, isReady, onAdd, onAddMany });
  const { isBusy, add, dropQueued } = submit;
  const isFull = draft.length > limits.body;
  const isShortened =
    !isFull && lines.some((line) => (isList ? line : (parsed?.subject ?? line)).length > limits.subject);
  const addLines = () => add(read.tasksOf(lines));
  const entered = useEnteredLines({
    draft,
    setDraft,
    canAdd: isReady && !isParserPending,
    onAdd(subjects, rest) {
      if (rest === '') clear();
      else setDraft(rest);
      for (const line of subjects) submit.addLine(read.taskOf(line));
    },
  });

  const lateList = useLateList(isParserPending, draft, addLines);

  const onKeyDown = (event: KeyboardEvent) => {
    // While a text is composed (IME), Enter accepts a character.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (isBusy || isFull) return;
      if (isParserPending && isList && !entered.hasEntered()) lateList.enter();
      else if (isParserPending || entered.hasEntered()) entered.enter();
      else addLines();
    } else if (event.key === 'Escape' && keys.length > 0) {
      // The first Escape turns the tokens back into text, the next one leaves the field.
      event.stopPropagation();
      read.keepAsText(keys);
    } else if (event.key === 'Escape') {
      field.current?.blur();
      onLeave();
    }
  };

  return (
    <div className={styles['add']}>
      <div className={styles['box']} onPointerDown={(event) => focusField(field.current, event)}>
        <PlusIcon className={styles['plus']} aria-hidden />
        <textarea
          ref={field}
          rows={Math.min(8, draft.split('\n').length)}
          dir="auto"
          value={draft}
          aria-label={label}
          aria-describedby={isFull || isShortened ? lengthId : isList || read.hasResult ? descriptionId : undefined}
          aria-keyshortcuts="N"
          placeholder={label}
          enterKeyHint="done"
          autoComplete="off"
          readOnly={isBusy}
          aria-busy={isBusy || undefined}
          className={styles['field']}
          onChange={(event) => {
            dropQueued();
            setDraft(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles['shortcut']}>
          <Shortcut keys={draft === '' ? 'N' : 'Enter'} />
        </span>
      </div>
      {isFull && (
        <p id={lengthId} className={styles['length']} role="alert">{t`This is too long to be added as tasks.`}</p>
      )}
      {isShortened && (
        <p id={lengthId} className={styles['length']}>
          {t`A subject has up to ${limits.subject} characters. The whole text will be in the notes.`}
        </p>
      )}
      {chips !== null && (
        <chips.QuickAddResult
          id={descriptionId}
          {...{ read, field, draft, setDraft }}
          isListShown={isList && !isBusy && !isFull}
          onAdd={(tasks) => {
            entered.drop();
            add(tasks);
          }}
        />
      )}
    </div>
  );
}

/** A press beside the text focuses the field. */
function focusField(field: HTMLTextAreaElement | null, event: { target: EventTarget; preventDefault: () => void }) {
  if (event.target === field) return;
  event.preventDefault();
  field?.focus();
}
