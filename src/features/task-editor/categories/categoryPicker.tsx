import { useLingui } from '@lingui/react/macro';
import CheckIcon from 'lucide-react/icons/check';
import PlusIcon from 'lucide-react/icons/plus';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { useCanColour, useCategories } from '../../../data/categories/useCategories.ts';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import { limits } from '../../../domain/limits.ts';
import { categoryKey, nextCategoryColour } from '../../../domain/task/category.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { announce } from '../../../ui/feedback/liveRegion.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { Popover } from '../../../ui/popovers/popover.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { CategoryManager } from './categoryManager.tsx';
import { categoryOptions, type CategoryOption } from './categoryOptions.ts';
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

function Chooser({ mailbox, task, edits, onManage }: Props & { onManage: (() => void) | null }) {
  const { t } = useLingui();
  const { all, display } = useCategories(mailbox);
  const canColour = useCanColour();
  const { run } = useTaskCommands();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  // The popover is positioned after this effect: scrolling to where it is now would close it.
  useEffect(() => field.current?.focus({ preventScroll: true }), []);

  const chosen = display(task.categories);
  const options = categoryOptions({ all, chosen, filter: text });
  const active = Math.min(at, options.length - 1);

  function choose(option: CategoryOption | undefined) {
    if (option === undefined) return;
    const { name } = option;
    const isOn = option.kind === 'toggle' && option.isOn;
    if (!isOn && task.categories.length >= limits.categories) {
      toasts.show({ kind: 'error', text: t`A task has up to ${limits.categories} categories. Remove one first.` });
      return;
    }
    if (option.kind === 'create' && canColour) run({ kind: 'createCategory', name, colour: nextCategoryColour(all) });
    const off = new Set(
      chosen.filter((one) => categoryKey(one.name) === categoryKey(name)).map(({ storedName: given }) => given),
    );
    edits.update({
      categories: isOn ? task.categories.filter((given) => !off.has(given)) : [...task.categories, name],
    });
    announce(isOn ? t`Removed “${truncateName(name)}”` : t`Added “${truncateName(name)}”`, 'polite');
    if (option.kind === 'create') setText('');
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
    else if (event.key === 'Enter') choose(options[active]);
    // The first Escape clears the text; the next one closes the popover.
    else if (event.key === 'Escape' && text !== '') setText('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <input
        ref={field}
        role="combobox"
        aria-label={t`Find or create a category`}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active < 0 ? undefined : `${listId}-${active}`}
        className={styles.field}
        placeholder={t`Find or create a category`}
        maxLength={limits.categoryName}
        autoComplete="off"
        dir="auto"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-multiselectable aria-label={t`Categories`} className={styles.list}>
        {options.map((option, index) => (
          <OptionButton
            key={`${option.kind} ${option.name}`}
            id={`${listId}-${index}`}
            option={option}
            isActive={index === active}
            onChoose={() => choose(option)}
          />
        ))}
      </div>
      {text.length >= limits.categoryName && (
        <p className={styles.empty} role="status">{t`The limit of ${limits.categoryName} characters is reached.`}</p>
      )}
      {options.length === 0 && <p className={styles.empty}>{t`No categories yet. Type a name to create one.`}</p>}
      {onManage !== null && all.length + chosen.length > 0 && (
        <div className={styles.foot}>
          <Button variant="quiet" onPress={onManage}>{t`Edit categories`}</Button>
        </div>
      )}
    </>
  );
}

type OptionButtonProps = { id: string; option: CategoryOption; isActive: boolean; onChoose: () => void };

/** Never focused: the field keeps the focus and handles the keys. */
function OptionButton({ id, option, isActive, onChoose }: OptionButtonProps) {
  const { t } = useLingui();
  return (
    <button
      id={id}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={option.kind === 'toggle' && option.isOn}
      data-active={isActive || undefined}
      className={styles.option}
      ref={isActive ? scrollIntoView : undefined}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
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
  );
}

/** Scrolls the list alone, not the page around it. */
function scrollIntoView(option: HTMLElement | null) {
  const list = option?.parentElement;
  if (option === null || !list) return;
  const [box, frame] = [option.getBoundingClientRect(), list.getBoundingClientRect()];
  if (box.top < frame.top) list.scrollTop -= frame.top - box.top;
  else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom;
}
