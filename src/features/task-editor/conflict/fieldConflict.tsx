import { Trans, useLingui } from '@lingui/react/macro';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useReportNotSaved } from '../../../data/commandReport.tsx';
import { useConflict } from '../../../data/tasks/useConflict.ts';
import type { Conflict } from '../../../data/tasks/useConflict.ts';
import { useDiscardChange, useRetryChange, type PendingItem } from '../../../data/outbox/usePendingChanges.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { announce } from '../../../ui/feedback/liveRegion.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import type { FieldConflict } from './useFieldConflicts.ts';
import styles from './fieldConflict.module.css';

/** Beside a field whose change was rejected: the person's value and the mailbox's. */
export function FieldConflictMessage({ conflict }: { conflict: FieldConflict | null }) {
  if (conflict === null) return null;
  const { mine, theirs } = conflict;
  return (
    <p className={styles.field}>
      <TriangleAlert aria-hidden />
      <span>
        <Trans>
          Not saved: {mine}. The mailbox has {theirs}.
        </Trans>
      </span>
    </p>
  );
}

/** Above the task while one of its changes is parked: the oldest one first. */
export function ParkedChangeNotice({ items }: { items: readonly PendingItem[] }) {
  const [item] = items;
  return item === undefined ? null : <ParkedChange key={item.id} item={item} />;
}

function ParkedChange({ item }: { item: PendingItem }) {
  const { t } = useLingui();
  const retry = useRetryChange();
  const discard = useDiscardChange();
  const conflict = useConflict(item);
  const kind = item.failure?.kind;
  const reportNotSaved = useReportNotSaved();
  /** The other fields of the change are sent in any case. */
  const resolve = (conflict: Conflict, mine: Parameters<Conflict['resolve']>[0]) =>
    void conflict.resolve(mine).catch(reportNotSaved);
  const message =
    kind === 'changed'
      ? t`This task was also changed elsewhere. Your change is kept here; nothing is lost until you choose.`
      : kind === 'missing'
        ? t`“${truncateName(item.subject)}” was deleted elsewhere. Your change is kept here until you choose.`
        : t`The server refused your change. It is kept here until you choose.`;
  // The rejection may arrive long after the change, while the person does something else.
  useEffect(() => announce(message), [message]);
  return (
    <section className={styles.box} aria-label={kind === 'changed' ? t`Changed elsewhere` : t`Not saved`}>
      <TriangleAlert aria-hidden />
      <div className={styles.content}>
        <h3 className={styles.title}>{kind === 'changed' ? t`Changed elsewhere` : t`Not saved`}</h3>
        <p>{message}</p>
        <div className={styles.actions}>
          {conflict === null ? (
            <>
              <Button
                variant="secondary"
                isBusy={retry.isPending}
                onPress={() => retry.mutate(item.id, { onError: reportNotSaved })}
              >{t`Try again`}</Button>
              <Button
                variant="quiet"
                isBusy={discard.isPending}
                onPress={() => discard.mutate(item.id, { onError: reportNotSaved })}
              >{t`Discard my change`}</Button>
            </>
          ) : (
            <>
              <Button
                variant="secondary"
                onPress={() => resolve(conflict, new Set(conflict.fields))}
              >{t`Keep this version`}</Button>
              <Button variant="quiet" onPress={() => resolve(conflict, new Set())}>{t`Use the other version`}</Button>
            </>
          )}
          <Link to={appUrls.waiting()} className={styles.link}>{t`Not synced yet`}</Link>
        </div>
      </div>
    </section>
  );
}
