import { useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import { useState } from 'react';
import type { Conflict } from '../../../data/tasks/useConflict.ts';
import { Button } from '../../../ui/controls/button.tsx';
import styles from './conflictChoice.module.css';
import { useFieldLabels } from './useFieldLabels.ts';

type Props = { conflict: Conflict; name: string; onFailed: (error: unknown) => void };
type Field = Conflict['fields'][number];

/** Mine and theirs side by side, one row for each field that both changed (docs/design.md#components). */
export function ConflictChoice({ conflict, name, onFailed }: Props) {
  const { t } = useLingui();
  const { label, value } = useFieldLabels();
  const [mine, setMine] = useState<ReadonlySet<Field>>(() => new Set(conflict.fields));
  const [isSaving, setIsSaving] = useState(false);
  const { fields } = conflict;
  const choose = (field: Field, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(field);
    else next.delete(field);
    setMine(next);
  };
  const save = (chosen: ReadonlySet<Field>) => {
    setIsSaving(true);
    conflict.resolve(chosen).catch((error: unknown) => {
      setIsSaving(false);
      onFailed(error);
    });
  };
  const isMix = fields.length > 1;

  return (
    <div className={styles.choice}>
      <div className={styles.heads} aria-hidden>
        <span>{t`On this device`}</span>
        <span>{t`In the mailbox`}</span>
      </div>
      {fields.map((field) => (
        <div key={field} className={styles.field} role="group" aria-label={label(field)}>
          <span className={styles.label}>{label(field)}</span>
          {[true, false].map((isMine) => {
            const words = value(field, isMine ? conflict.mine : conflict.theirs);
            const isChosen = mine.has(field) === isMine;
            const side = isMine ? t`On this device: ${words}` : t`In the mailbox: ${words}`;
            return isMix ? (
              <button
                key={String(isMine)}
                type="button"
                className={styles.value}
                aria-pressed={isChosen}
                aria-label={side}
                onClick={() => choose(field, isMine)}
              >
                <span className={styles.text}>{words}</span>
                {isChosen && <Check aria-hidden />}
              </button>
            ) : (
              <div key={String(isMine)} className={styles.value}>
                <span className="hidden-visually">{side}</span>
                <span className={styles.text} aria-hidden>
                  {words}
                </span>
              </div>
            );
          })}
        </div>
      ))}
      <div className={styles.actions}>
        <Button
          variant="secondary"
          isBusy={isSaving}
          aria-label={t`Keep this version: ${name}`}
          onPress={() => save(new Set(fields))}
        >{t`Keep this version`}</Button>
        <Button
          variant="secondary"
          aria-label={t`Use the other version: ${name}`}
          onPress={() => save(new Set())}
        >{t`Use the other version`}</Button>
        {isMix && <Button variant="primary" onPress={() => save(mine)}>{t`Save this mix`}</Button>}
      </div>
    </div>
  );
}
