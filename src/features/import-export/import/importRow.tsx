import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ShownImport, useImports } from '../../../data/importExport/useImportExport.ts';
import { useReportNotSaved } from '../../../data/commandReport.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { FileProgress } from '../fileProgress.tsx';
import styles from '../importExport.module.css';

type Props = { one: ShownImport; imports: ReturnType<typeof useImports> };

/** A running or finished import: its progress, and undo. */
export function ImportRow({ one, imports }: Props) {
  const { t } = useLingui();
  const [undone, setUndone] = useState<{ done: number; total: number } | null>(null);
  const { id, done, total, state } = one;
  const name = truncateName(one.name);
  const reportNotSaved = useReportNotSaved();

  async function undo() {
    setUndone({ done: 0, total });
    try {
      const lost = await imports.undo(id, (so, of) => setUndone({ done: so, total: of }));
      const some = t`${plural(lost, { one: '# task could not be undone.', other: '# tasks could not be undone.' })}`;
      toasts.show({ text: lost === 0 ? t`The import of “${name}” was undone` : some });
    } catch (error) {
      // The rest can be imported by a retry.
      reportNotSaved(error);
    } finally {
      setUndone(null);
    }
  }

  if (undone !== null) {
    return (
      <FileProgress
        label={t`Undoing the import of “${name}”: ${undone.done} of ${undone.total}`}
        share={undone.total === 0 ? null : undone.done / undone.total}
      />
    );
  }
  if (state === 'running') {
    return (
      <FileProgress
        label={t`Importing “${name}”: ${done} of ${plural(total, { one: '# task', other: '# tasks' })}`}
        share={total === 0 ? null : done / total}
        action={<Button variant="quiet" onPress={() => void imports.stop(id).catch(reportNotSaved)}>{t`Stop`}</Button>}
      />
    );
  }
  if (state === 'refused') {
    return (
      <Banner kind="danger" action={{ label: t`Continue`, onAction: imports.resume }}>
        {t`The import of “${name}” stopped at ${done} of ${total}: no storage left on this device. Free some space, then continue.`}
      </Banner>
    );
  }
  if (state === 'unreadable') {
    return (
      <Banner
        kind="danger"
        action={{ label: t`Stop import`, onAction: () => void imports.stop(id).catch(reportNotSaved) }}
      >
        {t`The import of “${name}” stopped at ${done} of ${total}: this version of Threefold cannot read the rest. Reload the app to update it. If that does not help, stop the import, then import the file again.`}
      </Banner>
    );
  }
  return (
    <div className={styles.finished}>
      <p role="status" className={styles.result}>
        {state === 'done'
          ? t`“${name}” is imported: ${plural(done, { one: '# task', other: '# tasks' })}.`
          : t`The import of “${name}” was stopped at ${done} of ${total}. What was imported stays.`}
      </p>
      <div className={styles.actions}>
        <Button variant="quiet" onPress={() => void undo()}>{t`Undo import`}</Button>
        <Button variant="secondary" onPress={() => void imports.dismiss(id).catch(reportNotSaved)}>{t`OK`}</Button>
      </div>
    </div>
  );
}
