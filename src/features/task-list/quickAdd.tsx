import { Plural, Trans, useLingui } from '@lingui/react/macro';
import PlusIcon from 'lucide-react/icons/plus';
import { useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import type { KeyboardEvent, Ref, RefObject } from 'react';
import { useDeps } from '../../data/deps.tsx';
import { useDraft } from '../../data/drafts.ts';
import { useZone } from '../../data/settings.ts';
import type { TaskPatch } from '../../domain/task.ts';
import { localOf } from '../../domain/time.ts';
import { Button } from '../../ui/button.tsx';
import { createChunk, useChunk } from '../../ui/chunk.ts';
import { Keys } from '../../ui/kbd.tsx';
import { useDateLocale } from '../../ui/locale.ts';
import { linesOf } from './pastedLines.ts';
import styles from './quickAdd.module.css';

/** Reads words as fields. Until it is here, and without a network to fetch it, words are words. */
const reader = createChunk(() => import('./quickAddChips.tsx'));
const noWords: ReadonlySet<string> = new Set();

export type QuickAddHandle = { focus: () => void };

export type QuickAddProps = {
  /** Names the draft: what was typed here waits here. */
  place: string;
  /** Where tasks go when that is not where the list is. */
  folderName: string | undefined;
  /** Whether it is known yet where tasks go. Enter before that waits; the words stay in the field. */
  isReady: boolean;
  /** `putBack` for what the device refuses to keep: the words come back. */
  onAdd: (tasks: readonly TaskPatch[], putBack: () => void) => void;
  /** Escape left the field; what was typed stays as a draft. */
  onLeave: () => void;
  ref?: Ref<QuickAddHandle>;
};

/** Words come back into the field, unless something else was typed meanwhile. */
function putBackTo(field: RefObject<HTMLTextAreaElement | null>, words: string, setDraft: (text: string) => void) {
  return () => {
    if (field.current?.value === '') setDraft(words);
  };
}

/**
 * The field above the list. Enter adds and stays, so that tasks can be typed one after another; several lines, as a paste
 * brings them, become several tasks. What is typed is a draft from the first letter (architecture.md §8, rule 13). In one line,
 * words that mean a field are shown as chips while they are typed; a chip taken away stays words (decision 0031).
 */
export function QuickAdd({ place, folderName, isReady, onAdd, onLeave, ref }: QuickAddProps) {
  const { t } = useLingui();
  const [draft = '', setDraft, clearDraft] = useDraft(`quickAdd:${place}`);
  const field = useRef<HTMLTextAreaElement>(null);
  const offer = useId();
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));

  const lines = linesOf(draft);
  const isList = lines.length > 1;
  const { clock } = useDeps();
  const { zone } = useZone();
  const locale = useDateLocale();
  const words = useChunk(reader, draft !== '');
  /** Words that mean a field and were turned back into words. */
  const [plain, setPlain] = useState(noWords);
  const [line] = lines;
  const reading =
    words.state !== 'here' || isList || line === undefined
      ? null
      : words.part.readLine(line, { now: localOf(clock.now(), zone), zone, locale }, plain);
  const isRead = reading !== null && reading.tokens.length > 0;
  const keepAsWords = (keys: readonly string[]) => setPlain(new Set([...plain, ...keys]));
  const clear = () => {
    clearDraft();
    setPlain(noWords);
  };
  const label = folderName === undefined ? t`Add a task` : t`Add a task to ${folderName}`;

  /** Entered before it was known where to. */
  const waiting = useRef<readonly TaskPatch[]>(undefined);
  const add = (tasks: readonly TaskPatch[]) => {
    field.current?.focus();
    if (tasks.length === 0) return;
    if (!isReady) {
      waiting.current = tasks;
      return;
    }
    clear();
    onAdd(tasks, putBackTo(field, draft, setDraft));
  };
  const addLines = () => add(reading === null || isList ? lines.map((subject) => ({ subject })) : [reading.patch]);
  useEffect(() => {
    const { current: entered } = waiting;
    if (!isReady || entered === undefined) return;
    waiting.current = undefined;
    const putBack = putBackTo(field, field.current?.value ?? '', setDraft);
    clearDraft();
    setPlain(noWords);
    onAdd(entered, putBack);
  }, [isReady, setDraft, clearDraft, onAdd]);

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also ends the choice of a character in some scripts: that one is not ours.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      addLines();
    } else if (event.key === 'Escape' && isRead) {
      // The first Escape keeps the words as they are, the next one leaves.
      event.stopPropagation();
      keepAsWords(reading.tokens.map(({ key }) => key));
    } else if (event.key === 'Escape') {
      field.current?.blur();
      onLeave();
    }
  };

  return (
    <div className={styles['add']}>
      <div className={styles['box']} onPointerDown={(event) => focusOn(field.current, event)}>
        <PlusIcon className={styles['plus']} aria-hidden />
        <textarea
          ref={field}
          rows={Math.min(8, draft.split('\n').length)}
          dir="auto"
          value={draft}
          aria-label={label}
          aria-describedby={isList || isRead ? offer : undefined}
          aria-keyshortcuts="N"
          placeholder={label}
          enterKeyHint="done"
          autoComplete="off"
          className={styles['field']}
          onChange={(event) => {
            waiting.current = undefined;
            setDraft(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles['hint']}>
          <Keys keys={draft === '' ? 'N' : 'Enter'} />
        </span>
      </div>
      {words.state === 'here' && isRead && (
        <words.part.QuickAddChips
          id={offer}
          reading={reading}
          onKeepAsWords={(key) => {
            keepAsWords([key]);
            field.current?.focus();
          }}
        />
      )}
      {isList && (
        <div className={styles['offer']}>
          <span id={offer}>
            <Trans>Each line becomes a task.</Trans>
          </span>
          <Button variant="quiet" onPress={() => add([{ subject: lines.join(' ') }])}>
            <Trans>Add as one task</Trans>
          </Button>
          <Button variant="primary" onPress={addLines}>
            <Plural value={lines.length} one="Add # task" other="Add # tasks" />
          </Button>
        </div>
      )}
    </div>
  );
}

/** The whole box is the field: a press beside the words puts the caret into it. */
function focusOn(field: HTMLTextAreaElement | null, event: { target: EventTarget; preventDefault: () => void }) {
  if (event.target === field) return;
  event.preventDefault();
  field?.focus();
}
