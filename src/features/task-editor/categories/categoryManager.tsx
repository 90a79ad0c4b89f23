import { useLingui } from '@lingui/react/macro';
import BackIcon from 'lucide-react/icons/chevron-left';
import ChevronIcon from 'lucide-react/icons/chevron-right';
import { useId, useState } from 'react';
import { useCategories } from '../../../data/categories/useCategories.ts';
import { useResolvedId } from '../../../data/outbox/usePendingChanges.ts';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import { limits } from '../../../domain/limits.ts';
import { categoryColours, categoryKey } from '../../../domain/task/category.ts';
import type { Category } from '../../../domain/task/category.ts';
import { Button, IconButton } from '../../../ui/controls/button.tsx';
import { TextField } from '../../../ui/controls/textField.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { colourLabels } from './colourLabels.ts';
import { useAutosave } from '../editing/useAutosave.ts';
import styles from './categoryPicker.module.css';

/** Every category of the account: to rename, to recolour, to delete, in every task at once. */
export function CategoryManager({ onBack }: { onBack: () => void }) {
  const { t } = useLingui();
  const { all } = useCategories();
  const [openId, setOpenId] = useState<string | null>(null);
  const known = useResolvedId(openId ?? '');
  const open = all.find(({ id }) => id === known || id === openId);
  const back = open === undefined ? onBack : () => setOpenId(null);
  return (
    <>
      <div className={styles.head}>
        <IconButton
          key={open === undefined ? 'all' : 'one'}
          ref={takeFocus}
          label={t`Back`}
          hasTooltip={false}
          icon={<BackIcon className="mirrored" aria-hidden />}
          onPress={back}
        />
        <h4 className={styles.title}>{open === undefined ? t`Edit categories` : open.name}</h4>
      </div>
      {open === undefined ? (
        <ul className={styles.list}>
          {all.map(({ id, name, colour }) => (
            <li key={id}>
              <button type="button" className={styles.option} onClick={() => setOpenId(id)}>
                <span className="category-dot" data-category={colour} />
                <span className={styles.name}>{name}</span>
                <ChevronIcon className="mirrored" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <CategoryForm category={open} all={all} onGone={() => setOpenId(null)} />
      )}
    </>
  );
}

/** The focus follows from the list to a category and back. */
function takeFocus(button: HTMLButtonElement | null) {
  button?.focus({ preventScroll: true });
}

type FormProps = { category: Category; all: readonly Category[]; onGone: () => void };

function CategoryForm({ category, all, onGone }: FormProps) {
  const { t, i18n } = useLingui();
  const { run, save } = useTaskCommands();
  const group = useId();
  const [isAsking, setIsAsking] = useState(false);
  const shown = truncateName(category.name);
  const name = useAutosave({
    draftKey: `category:${category.id}`,
    saved: category.name,
    save: (text) => save({ kind: 'updateCategory', category, patch: { name: text.trim() } }),
    problemWith: (text) => {
      const key = categoryKey(text.trim());
      if (key === '') return t`A category needs a name. “${shown}” stays until it has one.`;
      const isTaken = all.some((one) => one.id !== category.id && categoryKey(one.name) === key);
      return isTaken ? t`There is a category “${truncateName(text.trim())}” already. Choose another name.` : null;
    },
  });

  function deleteNow() {
    run({ kind: 'deleteCategory', ...category });
    onGone();
  }

  if (isAsking) {
    return (
      <div className={styles.form}>
        <p>{t`Delete “${shown}”? It is removed from every task that has it. The tasks stay.`}</p>
        <div className={styles.actions}>
          <Button variant="secondary" autoFocus onPress={() => setIsAsking(false)}>{t`Keep it`}</Button>
          <Button variant="danger" onPress={deleteNow}>{t`Delete`}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.form}>
      <TextField
        label={t`Name`}
        value={name.text}
        maxLength={limits.categoryName}
        error={name.problem}
        onChange={(text) => name.onChange(text)}
        onBlur={name.onBlur}
      />
      <fieldset className={styles.colours}>
        <legend>{t`Colour`}</legend>
        {categoryColours.map((colour) => (
          <input
            key={colour}
            type="radio"
            name={group}
            aria-label={i18n._(colourLabels[colour])}
            data-hint={i18n._(colourLabels[colour])}
            data-category={colour}
            className={styles.swatch}
            checked={category.colour === colour}
            onChange={() => void run({ kind: 'updateCategory', category, patch: { colour } })}
          />
        ))}
      </fieldset>
      <Button variant="quiet" onPress={() => setIsAsking(true)}>{t`Delete category`}</Button>
    </div>
  );
}
