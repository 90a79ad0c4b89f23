import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import type { LazyState } from '../../../domain/async/lazyChunk.ts';
import type { TaskBody } from '../../../domain/task/task.ts';
import { splitNotes } from '../../../domain/notes/checklistEdit.ts';
import { runAfterPress } from '../../../ui/browser/afterPress.ts';
import type * as RichTextPart from '../../../ui/richText/richTextEditor.tsx';
import { useAutoGrow } from '../editing/useAutoGrow.ts';
import { canFormat, formattingKey, isFormattingTyped } from './formattingTriggers.ts';
import styles from './notes.module.css';

type Props = {
  body: TaskBody;
  rich: LazyState<typeof RichTextPart>;
  isReadOnly: boolean;
  toolbarSlot: HTMLElement | null;
  onChange: (content: string) => void;
  /** Loads the editor, which may fail: then the notes stay without formatting. */
  getEditor: () => Promise<typeof RichTextPart>;
  /** Continues in the editor. */
  onStart: (start: RichTextPart.EditorStart) => void;
  onFocus: () => void;
  onBlur: () => void;
};

/**
 * Notes without formatting: a field, which is there at once. What needs formatting continues in the editor. A line with a
 * box that is typed here goes to the checklist when the field is left, not under the cursor.
 */
export function PlainNotes(props: Props) {
  const { body, rich, isReadOnly, toolbarSlot, onChange, getEditor, onStart, onFocus, onBlur } = props;
  const { t } = useLingui();
  const split = splitNotes(body);
  const [typed, setTyped] = useState<string | null>(null);
  const isOwn = typed !== null && body.content.startsWith(typed);
  const notes = isOwn ? typed : split.notes;
  const rest = isOwn ? body.content.slice(typed.length) : split.between + split.list;
  const area = useAutoGrow(notes);
  const isFormattable = !isReadOnly && canFormat(body.content);

  function change(text: string) {
    setTyped(text);
    onChange(joinNotes(text, rest));
  }

  /** Continues in the editor with the field's text and selection. */
  function start(action: RichTextPart.EditorStart['action']) {
    const field = area.current;
    if (field === null) return;
    onStart({ text: field.value, from: field.selectionStart, to: field.selectionEnd, action });
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const { clipboardData, currentTarget: field } = event;
    const html = clipboardData.getData('text/html');
    const text = clipboardData.getData('text/plain');
    // An image without text is attached by what is around.
    if (html === '' || !isFormattable || (text === '' && clipboardData.files.length > 0)) return;
    if (rich.state === 'here' && !rich.part.isFormattedPaste(html)) return;
    event.preventDefault();
    event.stopPropagation();
    const paste = () => {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
      change(field.value);
    };
    getEditor()
      .then((part) => (part.isFormattedPaste(html) ? start({ kind: 'paste', html }) : paste()))
      .catch(paste);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    const key = isFormattable ? formattingKey(event) : null;
    if (key !== null && rich.state === 'here') {
      event.preventDefault();
      event.stopPropagation();
      start({ kind: 'command', run: rich.part.formattingCommands[key] });
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.closest<HTMLElement>('[data-task-editor]')?.focus();
    }
  }

  return (
    <>
      {isFormattable && rich.state === 'here' && (
        <rich.part.PlainToolbar
          slot={toolbarSlot}
          run={(run) => start({ kind: 'command', run })}
          onLink={() => start({ kind: 'link' })}
        />
      )}
      <textarea
        ref={area}
        rows={3}
        dir="auto"
        aria-label={t`Notes`}
        placeholder={isReadOnly ? t`No notes` : t`Add notes`}
        readOnly={isReadOnly}
        className={styles.text}
        value={notes}
        onFocus={() => {
          setTyped(split.notes);
          onFocus();
        }}
        onChange={({ target, nativeEvent }) => {
          change(target.value);
          const { selectionStart: caret, value } = target;
          const letter =
            nativeEvent instanceof InputEvent && nativeEvent.inputType === 'insertText' ? nativeEvent.data : null;
          if (letter?.length !== 1 || !isFormattable || rich.state !== 'here') return;
          if (!isFormattingTyped(value.slice(value.lastIndexOf('\n', caret - 1) + 1, caret))) return;
          const text = value.slice(0, caret - 1) + value.slice(caret);
          onStart({ text, from: caret - 1, to: caret - 1, action: { kind: 'type', text: letter } });
        }}
        onBlur={() => {
          onBlur();
          runAfterPress(() => setTyped(null));
        }}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
      />
    </>
  );
}

/** The checklist begins a line of its own, and is all there is when nothing stands before it. */
export function joinNotes(notes: string, rest: string): string {
  const list = rest.replace(/^(?:\r\n|\r|\n)/, '');
  if (list === '') return notes;
  const gap = rest.slice(0, rest.length - list.length) || '\n';
  return notes === '' ? list : notes + gap + list;
}
