import { useLingui } from '@lingui/react/macro';
import PlusIcon from 'lucide-react/icons/plus';
import { useEffect, useEffectEvent, useId, useImperativeHandle, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useDraft } from '../../../data/account/useDraft.ts';
import { useTimeZone } from '../../../data/account/useTimeZone.ts';
import type { TaskPatch } from '../../../domain/task/task.ts';
import { localOf } from '../../../domain/time/time.ts';
import { createLazyChunk, useLazyChunk } from '../../../ui/loading/lazyChunk.ts';
import { Shortcut } from '../../../ui/keyboard/shortcut.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { parsePastedLines } from './pastedLines.ts';
import styles from './quickAdd.module.css';

/** Reads words as fields. Until it is here, and without a network to fetch it, words are words. */
const reader = createLazyChunk(() => import('./quickAddChips.tsx'));
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
  onAdd: (task: TaskPatch, putBack: () => void) => void;
  /** `onLeft` hears which are still to be saved, the first ones: the field shows them until it `isOver`. */
  onAddMany: (tasks: readonly TaskPatch[], onLeft: (left: readonly TaskPatch[], isOver: boolean) => void) => void;
  /** Escape left the field; what was typed stays as a draft. */
  onLeave: () => void;
  ref?: Ref<QuickAddHandle>;
};

/**
 * The field above the list. Enter adds and stays; several pasted lines become several tasks. The text is a draft from
 * the first letter (docs/architecture.md#drafts). Recognised words show as chips; removing a chip keeps its words as
 * text (docs/decisions/0031-dates-in-words.md).
 */
export function QuickAdd({ place, folderName, isReady, onAdd, onAddMany, onLeave, ref }: QuickAddProps) {
  const { t } = useLingui();
  const [draft = '', setDraft, clearDraft] = useDraft(`quickAdd:${place}`);
  const field = useRef<HTMLTextAreaElement>(null);
  const offer = useId();
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));

  const lines = parsePastedLines(draft);
  const isList = lines.length > 1;
  const { clock } = useDeps();
  const { zone } = useTimeZone();
  const locale = useDateLocale();
  const words = useLazyChunk(reader, draft !== '');
  /** Words that mean a field and were turned back into words. */
  const [plain, setPlain] = useState(noWords);
  const [line] = lines;
  const reading =
    words.state !== 'here' || isList || line === undefined
      ? null
      : words.part.parseLine(line, { now: localOf(clock.now(), zone), zone, locale }, plain);
  const isRead = reading !== null && reading.tokens.length > 0;
  const keepAsWords = (keys: readonly string[]) => setPlain(new Set([...plain, ...keys]));
  const clear = () => {
    clearDraft();
    setPlain(noWords);
  };
  const label = folderName === undefined ? t`Add a task` : t`Add a task to ${folderName}`;

  /** Lines are being saved: those that are not yet stand in the field, to be looked at. */
  const [isBusy, setIsBusy] = useState(false);
  const begin = (tasks: readonly TaskPatch[]) => {
    const [only] = tasks;
    if (only === undefined) return;
    let isTaking = tasks.length > 1;
    // Words come back into the field, unless something else was typed meanwhile.
    const putBack = (words: string) => {
      if (!isTaking && field.current !== null && field.current.value !== '') return;
      if (words === '') clear();
      else setDraft(words);
    };
    if (!isTaking) {
      clear();
      onAdd(only, () => putBack(draft));
      return;
    }
    setIsBusy(true);
    onAddMany(tasks, (left, isOver) => {
      putBack(left.map(({ subject }) => subject).join('\n'));
      if (isOver) {
        isTaking = false;
        setIsBusy(false);
      }
    });
  };
  /** Entered before it was known where to. */
  const waiting = useRef<readonly TaskPatch[]>(undefined);
  const add = (tasks: readonly TaskPatch[]) => {
    field.current?.focus();
    if (isBusy) return;
    if (isReady) begin(tasks);
    else if (tasks.length > 0) waiting.current = tasks;
  };
  const addLines = () => add(reading === null || isList ? lines.map((subject) => ({ subject })) : [reading.patch]);
  const beginWaiting = useEffectEvent(() => {
    const { current: entered = [] } = waiting;
    waiting.current = undefined;
    begin(entered);
  });
  useEffect(() => {
    if (isReady) beginWaiting();
  }, [isReady]);

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
          readOnly={isBusy}
          aria-busy={isBusy || undefined}
          className={styles['field']}
          onChange={(event) => {
            waiting.current = undefined;
            setDraft(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles['hint']}>
          <Shortcut keys={draft === '' ? 'N' : 'Enter'} />
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
      {words.state === 'here' && isList && !isBusy && (
        <words.part.QuickAddOffer
          id={offer}
          count={lines.length}
          onAdd={addLines}
          onAddAsOne={() => add([{ subject: lines.join(' ') }])}
        />
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
