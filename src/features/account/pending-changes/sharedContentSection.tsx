import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { readAllShares, type StoredShare } from '../../../data/sharing/useShareTarget.ts';
import { shareTargetPaths } from '../../../domain/urls/reservedPaths.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import styles from './pendingChangeRow.module.css';

/** Shares that wait for an answer; null until they are read. */
export function useUnansweredShares(): readonly StoredShare[] | null {
  const [shares, setShares] = useState<readonly StoredShare[] | null>(null);
  useEffect(() => {
    let isGone = false;
    readAllShares().then(
      (found) => !isGone && setShares(found),
      // A device without storage has none.
      () => !isGone && setShares([]),
    );
    return () => {
      isGone = true;
    };
  }, []);
  return shares;
}

/** Leaving the page loses nothing: the share stays listed here. */
export function SharedContentSection({ shares }: { shares: readonly StoredShare[] }) {
  const { t } = useLingui();
  return (
    <PageSection
      title={t`${plural(shares.length, { one: '# shared item waits for your answer', other: '# shared items wait for your answer' })}`}
      text={t`Kept on this device. Added to your tasks only when you confirm.`}
    >
      {shares.map((share) => {
        const name = truncateName(firstLineOf(share));
        return (
          <div key={share.id} className={styles.row}>
            <div className={styles.text}>
              <p className={styles.name} dir="auto">
                {name}
              </p>
            </div>
            <div className={styles.actions}>
              <Link
                to={`${shareTargetPaths.share}?id=${encodeURIComponent(share.id)}`}
                className={styles.open}
                aria-label={t`View it: ${name}`}
              >{t`View it`}</Link>
            </div>
          </div>
        );
      })}
    </PageSection>
  );
}

/** A short title, derived like the subject of its task. */
function firstLineOf({ title, text, url, files }: StoredShare): string {
  const [line = ''] = text.trim().split(/[\r\n]/, 1);
  return (title || line || url || files[0]?.name || '').slice(0, 200);
}
