import { Trans, useLingui } from '@lingui/react/macro';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useKeepMine, useAcceptTheirs } from '../../../data/tasks/useResolveConflict.ts';
import { useDiscardChange, useRetryChange, type PendingItem } from '../../../data/outbox/usePendingChanges.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { announce } from '../../../ui/feedback/liveRegion.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import type { FieldConflict } from './useFieldConflicts.ts';
import styles from './fieldConflict.module.css';

/** Beside the field that was not taken: both values, so that nothing is lost by choosing. */
export function FieldConflictMessage({ refusal }: { refusal: FieldConflict | null }) {
  if (refusal === null) return null;
  const { mine, theirs } = refusal;
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

/** Above the task while a change of it waits for the person: one at a time, the oldest first. */
export function ParkedChangeNotice({ items }: { items: readonly PendingItem[] }) {
  const [item] = items;
  return item === undefined ? null : <RefusedChange key={item.id} item={item} />;
}

function RefusedChange({ item }: { item: PendingItem }) {
  const { t } = useLingui();
  const retry = useRetryChange();
  const drop = useDiscardChange();
  const keepMine = useKeepMine(item);
  const takeTheirs = useAcceptTheirs(item);
  const kind = item.failure?.kind;
  const failed = () => toasts.show({ kind: 'error', text: t`Nothing was changed: this device could not keep that.` });
  const words =
    kind === 'changed'
      ? t`This task was also changed elsewhere. Your change is kept here; nothing is lost until you choose.`
      : kind === 'missing'
        ? t`“${truncateName(item.subject)}” was deleted elsewhere. Your change is kept here until you choose.`
        : t`The mailbox did not take your change. It is kept here until you choose.`;
  // It may come long after the change was made, while something else is being done.
  useEffect(() => announce(words), [words]);
  return (
    <section className={styles.box} aria-label={kind === 'changed' ? t`Changed elsewhere` : t`Not saved`}>
      <TriangleAlert aria-hidden />
      <div className={styles.words}>
        <h3 className={styles.title}>{kind === 'changed' ? t`Changed elsewhere` : t`Not saved`}</h3>
        <p>{words}</p>
        <div className={styles.ways}>
          {keepMine === undefined ? (
            <Button
              variant="secondary"
              isBusy={retry.isPending}
              onPress={() => retry.mutate(item.id, { onError: failed })}
            >{t`Try again`}</Button>
          ) : (
            <Button variant="secondary" onPress={() => void keepMine().catch(failed)}>{t`Keep mine`}</Button>
          )}
          {takeTheirs === undefined ? (
            <Button
              variant="quiet"
              isBusy={drop.isPending}
              onPress={() => drop.mutate(item.id, { onError: failed })}
            >{t`Drop my change`}</Button>
          ) : (
            <Button variant="quiet" onPress={() => void takeTheirs().catch(failed)}>{t`Take theirs`}</Button>
          )}
          <Link to={appUrls.waiting()} className={styles.link}>{t`Waiting to send`}</Link>
        </div>
      </div>
    </section>
  );
}
