import { useLingui } from '@lingui/react/macro';
import FormatIcon from 'lucide-react/icons/type';
import { useId, useLayoutEffect, useMemo, useState } from 'react';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import { limits } from '../../../domain/limits.ts';
import { isHardToShow } from '../../../domain/text/layoutText.ts';
import { plainTextOf } from '../../../domain/notes/htmlTokens.ts';
import { HardNotes } from './hardNotes.tsx';
import { splitNotes, withNotesReplaced } from '../../../domain/notes/checklistEdit.ts';
import type { Mailbox, Task, TaskBody } from '../../../domain/task/task.ts';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../../../ui/loading/useLazyChunk.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { holdKeys } from '../../../ui/keyboard/heldKeys.ts';
import { Checklist } from '../checklist/checklist.tsx';
import { FormattedNotes } from './formattedNotes.tsx';
import { NoteLinks } from './noteLinks.tsx';
import { PlainNotes } from './plainNotes.tsx';
import { useAutosave, type AutosaveState } from '../editing/useAutosave.ts';
import type { TaskEdits } from '../editing/useTaskEdits.ts';
import styles from './notes.module.css';

/** ProseMirror and the sanitizer, loaded with the first formatted notes. */
const richText = createLazyChunk(() => import('../../../ui/richText/richTextEditor.tsx'));

type Props = {
  mailbox: Mailbox;
  task: Task;
  edits: TaskEdits;
  isReadOnly: boolean;
  onTyping: (typing: AutosaveState) => void;
};

/** The body, plain or formatted, and the checklist in it (docs/decisions/0033-notes-checklists-categories.md). */
export function Notes(props: Props) {
  const { contentType, content } = props.task.body;
  // A formatted body that is emptied while editing stays formatted; one that is empty at first is plain.
  const [isRich, setIsRich] = useState(contentType === 'html' && content !== '');
  if (contentType === 'text' && isRich) setIsRich(false);
  if (contentType === 'html' && content !== '' && !isRich) setIsRich(true);
  const [isNew, setIsNew] = useState(false);
  const isHard = useMemo(
    () => isHardToShow(contentType === 'html' ? plainTextOf(content) : content),
    [contentType, content],
  );
  if (isHard) {
    const remove = (message: string) => void props.edits.replaceNotes({ contentType: 'text', content: '' }, message);
    return <HardNotes body={props.task.body} onRemove={props.isReadOnly ? null : remove} />;
  }
  const type = isRich ? 'html' : 'text';
  return <NotesAs key={type} {...props} type={type} isNew={isNew} onConverted={() => setIsNew(true)} />;
}

type NotesAsProps = Props & {
  type: TaskBody['contentType'];
  /** Just converted, so it takes the focus. */
  isNew: boolean;
  onConverted: () => void;
};

function NotesAs({ mailbox, task, edits, isReadOnly, onTyping, type, isNew, onConverted }: NotesAsProps) {
  const { t } = useLingui();
  const headId = useId();
  const keyOf = useStableKey();
  const rich = useLazyChunk(richText, type === 'html');
  useLayoutEffect(() => {
    if (!isNew || type !== 'html') return undefined;
    const isInside = () => document.activeElement?.matches('[contenteditable="true"]') === true;
    return holdKeys({ isThere: () => isInside() || richText.current().state === 'failed' });
  }, [isNew, type]);
  // Notes and checklist share one draft, so that neither overwrites the other.
  const saved = useAutosave({
    draftKey: `${type === 'html' ? 'formatted' : 'notes'}:${keyOf(task.id)}`,
    saved: task.body.content,
    save: (content) => edits.save({ body: { contentType: type, content } }),
    problemWith: ({ length }) =>
      length <= limits.body
        ? null
        : t`Notes have up to ${limits.body} characters; these have ${length}. They are not saved until they are shorter.`,
    keepsDraft: () => true,
    onTyping,
  });
  const body = useMemo<TaskBody>(() => ({ contentType: type, content: saved.text }), [type, saved.text]);
  const { notes } = splitNotes(body);

  function convert(next: TaskBody, message: string) {
    saved.discardAfter(edits.replaceNotes(next, message));
    onConverted();
  }

  return (
    <section className={styles.notes} aria-labelledby={headId}>
      <div className={styles.bar}>
        <h3 id={headId} className={styles.head}>{t`Notes`}</h3>
        {!isReadOnly && rich.state === 'here' && (
          <Button
            variant="quiet"
            className={styles.kind}
            icon={<FormatIcon aria-hidden />}
            onPress={() => {
              if (type === 'text') {
                const content = rich.part.textToHtml(body.content);
                convert(
                  { contentType: 'html', content: content === '' ? '<p><br></p>' : content },
                  t`Notes can be formatted now`,
                );
              } else
                convert(
                  { contentType: 'text', content: rich.part.editorHtmlToText(body.content) },
                  t`Notes are plain text now`,
                );
            }}
          >
            {type === 'text' ? t`Format` : t`Make plain`}
          </Button>
        )}
      </div>
      {type === 'text' ? (
        <>
          <PlainNotes
            body={body}
            isReadOnly={isReadOnly}
            onChange={(content) => saved.onChange(content)}
            onBlur={saved.onBlur}
          />
          <NoteLinks text={body.content} />
        </>
      ) : (
        <FormattedNotes
          task={task}
          mailbox={mailbox}
          html={notes}
          rich={rich}
          isReadOnly={isReadOnly}
          isNew={isNew}
          onChange={(html) => saved.onChange(withNotesReplaced(body, html))}
          onBlur={saved.onBlur}
          onSimplify={(html) =>
            convert(
              { contentType: 'html', content: withNotesReplaced(body, html) },
              t`What cannot be edited was left out`,
            )
          }
        />
      )}
      <Checklist
        taskId={keyOf(task.id)}
        body={body}
        isReadOnly={isReadOnly}
        onChange={({ content }) => saved.onChange(content)}
        onBlur={saved.onBlur}
      />
      {saved.problem !== null && <p className={styles.problem}>{saved.problem}</p>}
    </section>
  );
}
