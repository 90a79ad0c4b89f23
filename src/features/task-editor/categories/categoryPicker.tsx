import { useLingui } from '@lingui/react/macro';
import CheckIcon from 'lucide-react/icons/check';
import PlusIcon from 'lucide-react/icons/plus';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { useCanColour, useCategories, useCreateCategory } from '../../../data/categories/useCategories.ts';
import { categoryKey, maxCategoryName, nextCategoryColour } from '../../../domain/task/category.ts';
import type { CategoryColour } from '../../../domain/task/category.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { announce } from '../../../ui/feedback/liveRegion.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { Popover } from '../../../ui/popovers/popover.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { CategoryManager } from './categoryManager.tsx';
import type { TaskEdits } from '../editing/useTaskEdits.ts';
import styles from './categoryPicker.module.css';

type Props = {
  mailbox: Mailbox;
  task: Task;
  edits: TaskEdits;
  triggerRef: RefObject<Element | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

/** Type to find a category; Enter adds, removes or creates it (docs/design.md#components). */
export function CategoryPicker(props: Props) {
  const { t } = useLingui();
  const { mailbox, triggerRef, isOpen, onOpenChange } = props;
  const [isManaging, setIsManaging] = useState(false);
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    setIsManaging(false);
  }
  const canManage = useCanColour() && mailbox === 'me';
  return (
    <Popover
      label={t`Categories`}
      triggerRef={triggerRef}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      className={styles.picker}
    >
      {isManaging ? (
        <CategoryManager onBack={() => setIsManaging(false)} />
      ) : (
        <Chooser {...props} onManage={canManage ? () => setIsManaging(true) : null} />
      )}
    </Popover>
  );
}

type Option =
  { kind: 'toggle'; name: string; colour: CategoryColour; isOn: boolean } | { kind: 'create'; name: string };

function Chooser({ mailbox, task, edits, onManage }: Props & { onManage: (() => void) | null }) {
  const { t } = useLingui();
  const { all, display } = useCategories(mailbox);
  const canColour = useCanColour();
  const create = useCreateCategory();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  // Where the popover is put last is decided after this; scrolling the page to where it is now would close it.
  useEffect(() => field.current?.focus({ preventScroll: true }), []);

  const chosen = display(task.categories);
  const known = new Map(all.map((one) => [categoryKey(one.name), one]));
  for (const { name, colour } of chosen) {
    if (!known.has(categoryKey(name))) known.set(categoryKey(name), { id: name, name, colour });
  }
  const wanted = words.trim();
  const options: Option[] = [...known.values()]
    .filter(({ name }) => categoryKey(name).includes(categoryKey(wanted)))
    .map(({ name, colour }) => ({
      kind: 'toggle',
      name,
      colour,
      isOn: chosen.some((one) => categoryKey(one.name) === categoryKey(name)),
    }));
  if (wanted !== '' && !known.has(categoryKey(wanted))) options.push({ kind: 'create', name: wanted });
  const active = Math.min(at, options.length - 1);

  function take(option: Option | undefined) {
    if (option === undefined) return;
    const { name } = option;
    const isOn = option.kind === 'toggle' && option.isOn;
    if (option.kind === 'create' && canColour) {
      const failed = () => toasts.show({ kind: 'error', text: t`Not saved. This device refused to keep the change.` });
      create.mutate({ name, colour: nextCategoryColour(all) }, { onError: failed });
    }
    const off = new Set(chosen.filter((one) => categoryKey(one.name) === categoryKey(name)).map(({ given }) => given));
    edits.update({
      categories: isOn ? task.categories.filter((given) => !off.has(given)) : [...task.categories, name],
    });
    announce(isOn ? t`“${truncateName(name)}” taken off` : t`“${truncateName(name)}” put on`, 'polite');
    if (option.kind === 'create') setWords('');
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const last = options.length - 1;
    const next: Readonly<Record<string, number>> = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
    };
    const to = next[event.key];
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter') take(options[active]);
    // Words are let go of first; the next Escape leaves.
    else if (event.key === 'Escape' && words !== '') setWords('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <input
        ref={field}
        role="combobox"
        aria-label={t`Find or make a category`}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active < 0 ? undefined : `${listId}-${active}`}
        className={styles.field}
        placeholder={t`Find or make a category`}
        maxLength={maxCategoryName}
        autoComplete="off"
        dir="auto"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-multiselectable aria-label={t`Categories`} className={styles.list}>
        {options.map((option, index) => (
          // Keys are answered by the field, which keeps the focus.
          <button
            key={`${option.kind} ${option.name}`}
            id={`${listId}-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={option.kind === 'toggle' && option.isOn}
            data-active={index === active || undefined}
            className={styles.option}
            ref={index === active ? scrollIntoView : undefined}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            {option.kind === 'create' ? (
              <>
                <PlusIcon aria-hidden />
                <span className={styles.name}>{t`Create “${truncateName(option.name)}”`}</span>
              </>
            ) : (
              <>
                <span className="category-dot" data-category={option.colour} />
                <span className={styles.name}>{option.name}</span>
                {option.isOn && <CheckIcon aria-hidden />}
              </>
            )}
          </button>
        ))}
      </div>
      {options.length === 0 && <p className={styles.hint}>{t`No categories yet. Type a name to make one.`}</p>}
      {onManage !== null && known.size > 0 && (
        <div className={styles.foot}>
          <Button variant="quiet" onPress={onManage}>{t`Names and colours`}</Button>
        </div>
      )}
    </>
  );
}

/** Within its list, and nothing around that. */
function scrollIntoView(option: HTMLElement | null) {
  const list = option?.parentElement;
  if (option === null || !list) return;
  const [box, frame] = [option.getBoundingClientRect(), list.getBoundingClientRect()];
  if (box.top < frame.top) list.scrollTop -= frame.top - box.top;
  else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom;
}
