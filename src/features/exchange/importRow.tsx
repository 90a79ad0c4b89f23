import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ShownImport, useImports } from '../../data/exchange.ts';
import { Button } from '../../ui/button.tsx';
import { nameInWords } from '../../ui/names.ts';
import { Stripe } from '../../ui/stripe.tsx';
import { toasts } from '../../ui/toast.tsx';
import { Progress } from './progress.tsx';
import styles from './exchange.module.css';

type Props = { one: ShownImport; imports: ReturnType<typeof useImports> };

/** One file on its way in, or over: how far, and the way back. */
export function ImportRow({ one, imports }: Props) {
  const { t } = useLingui();
  const [isUndoing, setIsUndoing] = useState(false);
  const { id, done, total, state } = one;
  const name = nameInWords(one.name);

  async function undo() {
    setIsUndoing(true);
    const lost = await imports.undo(id);
    imports.dismiss(id);
    const some = t`${plural(lost, { one: '# task could not be taken back.', other: '# tasks could not be taken back.' })}`;
    toasts.show({ text: lost === 0 ? t`The import of “${name}” is undone` : some });
  }

  if (state === 'running') {
    return (
      <Progress
        label={t`Importing “${name}”: ${done} of ${plural(total, { one: '# task', other: '# tasks' })}`}
        share={total === 0 ? null : done / total}
        action={<Button variant="quiet" onPress={() => void imports.stop(id)}>{t`Stop`}</Button>}
      />
    );
  }
  if (state === 'refused') {
    return (
      <Stripe kind="danger" action={{ label: t`Go on`, onAction: imports.resume }}>
        {t`The import of “${name}” stands at ${done} of ${total}: this device keeps no more. Make room, then go on.`}
      </Stripe>
    );
  }
  return (
    <div className={styles.finished}>
      <p role="status" className={styles.outcome}>
        {state === 'done'
          ? t`“${name}” is imported: ${plural(done, { one: '# task', other: '# tasks' })}.`
          : t`The import of “${name}” was stopped at ${done} of ${total}. What was made stays.`}
      </p>
      <div className={styles.actions}>
        <Button variant="quiet" isBusy={isUndoing} onPress={() => void undo()}>{t`Undo import`}</Button>
        <Button variant="secondary" onPress={() => imports.dismiss(id)}>{t`OK`}</Button>
      </div>
    </div>
  );
}
