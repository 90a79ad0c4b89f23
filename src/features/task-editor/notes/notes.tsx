import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useId, useMemo, useState } from 'react';
import { useDraft } from '../../../data/account/useDraft.ts';
import { queueDroppedFiles } from '../../../data/attachments/useDroppedFiles.ts';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import { limits } from '../../../domain/limits.ts';
import { isHardToShow } from '../../../domain/text/layoutText.ts';
import { decodeBodyDraft, encodeBodyDraft } from '../../../domain/notes/bodyDraft.ts';
import { plainTextOf } from '../../../domain/notes/htmlTokens.ts';
import { HardNotes } from './hardNotes.tsx';
import { splitNotes, withNotesReplaced } from '../../../domain/notes/checklistEdit.ts';
import type { Mailbox, Task, TaskBody } from '../../../domain/task/task.ts';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { runAfterPress } from '../../../ui/browser/afterPress.ts';
import { useLazyChunk } from '../../../ui/loading/useLazyChunk.ts';
import type * as RichTextPart from '../../../ui/richText/richTextEditor.tsx';
import type { EditorStart } from '../../../ui/richText/richTextEditor.tsx';
import { Checklist } from '../checklist/checklist.tsx';
import { FormattedNotes } from './formattedNotes.tsx';
import { NoteLinks } from './noteLinks.tsx';
import { joinNotes, PlainNotes } from './plainNotes.tsx';
import { useAutosave, type AutosaveState } from '../editing/useAutosave.ts';
import type { TaskEdits } from '../editing/useTaskEdits.ts';
import styles from './notes.module.css';

/** ProseMirror and the sanitizer: loaded with formatted notes, with the focus of a field, else when nothing else is to do. */
const richText = createLazyChunk(() => import('../../../ui/richText/richTextEditor.tsx'));

type Props = {
  mailbox: Mailbox;
  task: Task;
  edits: TaskEdits;
  isReadOnly: boolean;
  onTyping: (typing: AutosaveState) => void;
};

/** The body, plain or formatted, and the checklist in it (docs/decisions/0064-one-notes-editor.md). */
export function Notes(props: Props) {
  const { contentType, content } = props.task.body;
  const isHard = useMemo(
    () => isHardToShow(contentType === 'html' ? plainTextOf(content) : content),
    [contentType, content],
  );
  if (isHard) {
    const remove = (message: string) => void props.edits.replaceNotes({ contentType: 'text', content: '' }, message);
    return <HardNotes body={props.task.body} onRemove={props.isReadOnly ? null : remove} />;
  }
  return <NotesEditor {...props} />;
}

/** What is being typed into the editor, and what is kept behind it: a line that looks like a checklist stays there. */
type Typed = { part: TaskBody; rest: TaskBody; whole: string };

function NotesEditor({ mailbox, task, edits, isReadOnly, onTyping }: Props) {
  const { t } = useLingui();
  const headId = useId();
  const keyOf = useStableKey();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [isFocused, setIsFocused] = useState(false);
  const [isSimplified, setIsSimplified] = useState(false);
  const [start, setStart] = useState<EditorStart | null>(null);
  const [typed, setTyped] = useState<Typed | null>(null);
  // Notes and checklist share one draft, so that neither overwrites the other.
  const saved = useAutosave({
    draftKey: `notes:${keyOf(task.id)}`,
    saved: encodeBodyDraft(task.body),
    save: (draft) => edits.save({ body: decodeBodyDraft(draft) }),
    problemWith: (draft) => {
      const { length } = decodeBodyDraft(draft).content;
      return length <= limits.body
        ? null
        : t`Notes have up to ${limits.body} characters; these have ${length}. They are not saved until they are shorter.`;
    },
    keepsDraft: () => true,
    onTyping,
  });
  // Earlier versions kept the drafts of formatted notes under a name of their own.
  const [oldDraft, , clearOldDraft] = useDraft(`formatted:${keyOf(task.id)}`);
  const takeOldDraft = useEffectEvent((content: string) => {
    saved.onChange(encodeBodyDraft({ contentType: 'html', content }));
    clearOldDraft();
  });
  useEffect(() => {
    if (oldDraft !== undefined) takeOldDraft(oldDraft);
  }, [oldDraft]);
  const body = useMemo(() => decodeBodyDraft(saved.text), [saved.text]);
  const isFormatted = body.contentType === 'html' && body.content !== '';
  // Notes that lose their formatting, or their words, while the editor is open stay in it.
  const [isOpen, setIsOpen] = useState(isFormatted);
  if (isFormatted && !isOpen) setIsOpen(true);
  const rich = useLazyChunk(richText, isOpen || isFocused);
  const { notes, between, list } = splitNotes(body);
  const isTyped = typed !== null && typed.whole === saved.text;
  const part = useMemo<TaskBody>(
    () => (isTyped ? typed.part : { contentType: body.contentType, content: notes }),
    [isTyped, typed, body.contentType, notes],
  );

  function changeInEditor(next: TaskBody) {
    const was: TaskBody = isTyped ? typed.rest : { contentType: body.contentType, content: between + list };
    const { part: shown, rest } = rich.state === 'here' ? inOneKind(rich.part, next, was) : { part: next, rest: was };
    const content =
      shown.contentType === 'text' ? joinNotes(shown.content, rest.content) : shown.content + rest.content;
    const whole = encodeBodyDraft({ contentType: shown.contentType, content });
    setTyped({ part: next, rest, whole });
    saved.onChange(whole);
  }

  return (
    <section className={styles.notes} aria-labelledby={headId}>
      <div className={styles.bar}>
        <h3 id={headId} className={styles.head}>{t`Notes`}</h3>
        <div ref={setSlot} className={styles.tools} />
      </div>
      {isFormatted || (isOpen && !isReadOnly && rich.state === 'here') ? (
        <FormattedNotes
          task={task}
          mailbox={mailbox}
          body={part}
          rich={rich}
          isReadOnly={isReadOnly}
          isNew={isSimplified}
          start={start}
          toolbarSlot={slot}
          onChange={changeInEditor}
          onBlur={() => {
            saved.onBlur();
            runAfterPress(() => setTyped(null));
          }}
          onFiles={(files) => queueDroppedFiles({ task: keyOf(task.id), files, folders: [], link: null })}
          onSimplify={(html) => {
            const next: TaskBody = { contentType: 'html', content: withNotesReplaced(body, html) };
            saved.discardAfter(edits.replaceNotes(next, t`What cannot be edited was left out`));
            setIsSimplified(true);
          }}
        />
      ) : (
        <>
          <PlainNotes
            body={body}
            rich={rich}
            isReadOnly={isReadOnly}
            toolbarSlot={slot}
            onChange={(content) => saved.onChange(content)}
            getEditor={richText.get}
            onStart={(how) => {
              setStart(how);
              setIsOpen(true);
            }}
            onFocus={() => setIsFocused(true)}
            onBlur={saved.onBlur}
          />
          <NoteLinks text={body.content} />
        </>
      )}
      <Checklist
        taskId={keyOf(task.id)}
        body={body}
        isReadOnly={isReadOnly}
        onChange={(next) => saved.onChange(encodeBodyDraft(next))}
        onBlur={saved.onBlur}
      />
      {saved.problem !== null && <p className={styles.problem}>{saved.problem}</p>}
    </section>
  );
}

/** Notes and the checklist behind them in the kind of the notes, or as HTML where the checklist is formatted. */
function inOneKind(rich: typeof RichTextPart, part: TaskBody, rest: TaskBody): Pick<Typed, 'part' | 'rest'> {
  const { contentType } = part;
  if (rest.contentType === contentType || rest.content === '')
    return { part, rest: { contentType, content: rest.content } };
  const list = rest.content.replace(/^(?:\r\n|\r|\n)/, '');
  if (contentType === 'html') return { part, rest: { contentType, content: rich.textToHtml(list) } };
  const text = rich.editorHtmlToText(list);
  return rich.textToHtml(text) === list
    ? { part, rest: { contentType, content: text } }
    : { part: { contentType: 'html', content: rich.textToHtml(part.content) }, rest };
}
