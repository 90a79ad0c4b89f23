import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useBin } from '../../data/bin/useBin.ts';
import type { BinItem } from '../../data/bin/useBin.ts';
import { useSyncStatus } from '../../data/outbox/usePendingChanges.ts';
import { Button } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/feedback/emptyState.tsx';
import { PageLayout } from '../../ui/controls/pageLayout.tsx';
import { ListSkeleton } from '../../ui/loading/skeleton.tsx';
import { Banner } from '../../ui/feedback/banner.tsx';
import { PurgeBinDialog } from './purgeBinDialog.tsx';
import type { PurgeRequest } from './purgeBinDialog.tsx';
import { BinRow, PendingBinRow } from './binRow.tsx';
import { useBinActions } from './useBinActions.ts';
import styles from './binPage.module.css';

/** Deleted tasks and folders, to restore or to delete permanently (docs/protocol.md#deletion). */
export function BinPage({ lead }: { lead?: ReactNode }) {
  const { t } = useLingui();
  const bin = useBin();
  const { items, waiting, isPending, failure, retry } = bin;
  const isOffline = useSyncStatus().state === 'offline';
  const { restore, purge, empty, isBusy } = useBinActions(bin);
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  const [request, setRequest] = useState<PurgeRequest | null>(null);
  const picked = items.filter(({ id }) => chosenIds.has(id));
  const hasList = items.length > 0 || (!isPending && failure === null);
  const isEmpty = items.length === 0 && waiting.length === 0;

  const toggle = (item: BinItem, isOn: boolean) =>
    setChosenIds(new Set([...picked.map(({ id }) => id).filter((id) => id !== item.id), ...(isOn ? [item.id] : [])]));
  const confirm = ({ kind, items: purged }: PurgeRequest) => {
    const work = kind === 'empty' ? empty() : purge(purged);
    void work.then(() => setRequest(null));
  };

  const tools = (
    <BinTools
      items={items}
      picked={picked}
      isOffline={isOffline}
      onRestore={() => void restore(picked)}
      onPurge={setRequest}
    />
  );
  return (
    <PageLayout title={t`Bin`} lead={lead} variant="list" tools={tools}>
      <p className={styles['text']}>
        {t`Deleted tasks and folders stay here for a while. You can restore them with their notes and attachments.`}
      </p>
      {isOffline && items.length > 0 && (
        <Banner kind="amber">
          {t`You are offline. This is the bin as it was last seen; what you restore comes back when you are online. Deleting permanently needs the network.`}
        </Banner>
      )}
      {!isOffline && failure !== null && items.length > 0 && (
        <Banner kind="neutral" action={{ label: t`Try again`, onAction: retry }}>
          {t`Not refreshed. This is the bin as it was last seen.`}
        </Banner>
      )}
      {waiting.length > 0 && (
        <ul className={styles['list']} aria-label={t`Deleted here, not synced yet`}>
          {waiting.map((item) => (
            <PendingBinRow key={item.changeId} item={item} onRestore={() => void restore([item])} />
          ))}
        </ul>
      )}
      {items.length > 0 && (
        <>
          <label className={styles['all']}>
            <input
              type="checkbox"
              className={styles['box']}
              checked={picked.length === items.length}
              ref={(box) => {
                if (box !== null) box.indeterminate = picked.length > 0 && picked.length < items.length;
              }}
              onChange={({ target }) => setChosenIds(new Set(target.checked ? items.map(({ id }) => id) : []))}
            />
            {picked.length === 0
              ? t`${plural(items.length, { one: '# item in the bin', other: '# items in the bin' })}`
              : t`${plural(picked.length, { one: '# selected', other: '# selected' })}`}
          </label>
          <ul className={styles['list']} aria-label={t`Deleted`}>
            {items.map((item) => (
              <BinRow
                key={item.id}
                item={item}
                isChosen={chosenIds.has(item.id)}
                isOffline={isOffline}
                onChoose={(isOn) => toggle(item, isOn)}
                onRestore={() => void restore([item])}
                onPurge={() => setRequest({ kind: 'purge', items: [item] })}
              />
            ))}
          </ul>
        </>
      )}
      {isEmpty && hasList && (
        <EmptyState art="empty" title={t`The bin is empty`} text={t`Tasks and folders you delete show up here.`} />
      )}
      {!hasList && isOffline && waiting.length === 0 && (
        <EmptyState
          art="offline"
          title={t`The bin cannot be read offline`}
          text={t`It is on the server. It shows here when you are online.`}
        />
      )}
      {!hasList && !isOffline && failure !== null && (
        <EmptyState
          art="broken"
          title={t`The bin did not open`}
          text={t`The server answered with an error. Nothing was restored or erased.`}
        >
          <Button variant="primary" onPress={retry}>{t`Try again`}</Button>
        </EmptyState>
      )}
      {!hasList && !isOffline && failure === null && <ListSkeleton />}
      {request !== null && (
        <PurgeBinDialog
          request={request}
          isBusy={isBusy}
          onConfirm={() => confirm(request)}
          onCancel={() => setRequest(null)}
        />
      )}
    </PageLayout>
  );
}

type ToolsProps = {
  items: readonly BinItem[];
  picked: readonly BinItem[];
  isOffline: boolean;
  onRestore: () => void;
  onPurge: (request: PurgeRequest) => void;
};

/** Commands for the picked items; with none picked, for all of them. */
function BinTools({ items, picked, isOffline, onRestore, onPurge }: ToolsProps) {
  const { t } = useLingui();
  if (picked.length > 0) {
    return (
      <>
        <Button variant="secondary" onPress={onRestore}>
          {t`${plural(picked.length, { one: 'Restore #', other: 'Restore #' })}`}
        </Button>
        <Button
          variant="quiet"
          isDisabled={isOffline}
          onPress={() => onPurge({ kind: 'purge', items: picked })}
        >{t`Delete permanently`}</Button>
      </>
    );
  }
  if (items.length === 0) return null;
  return (
    <Button variant="quiet" isDisabled={isOffline} onPress={() => onPurge({ kind: 'empty', items })}>
      {t`Empty bin`}
    </Button>
  );
}
