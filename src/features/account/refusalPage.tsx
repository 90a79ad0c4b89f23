import { useLingui } from '@lingui/react/macro';
import LinkIcon from 'lucide-react/icons/link';
import Lock from 'lucide-react/icons/lock';
import { Link } from 'react-router';
import { useDeps } from '../../data/deps.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import type { RefusalPageProps } from './props.ts';
import styles from './refusalPage.module.css';

/** A place that is not shown, why, and the way on (picture 14, right). */
export function RefusalPage(props: RefusalPageProps) {
  const { t } = useLingui();
  const { session } = useDeps();
  const own = session.account.address;
  const isNotOpen = props.kind === 'notOpen';
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <span className={styles.tile} data-kind={props.kind} aria-hidden>
          {isNotOpen ? <Lock /> : <LinkIcon />}
        </span>
        <h1 className={styles.title}>{isNotOpen ? t`This folder is not open to you` : t`This link no longer works`}</h1>
        <p className={styles.text}>
          {isNotOpen
            ? t`${props.address} has not given ${own} access yet.`
            : t`The folder was deleted, or the link is not complete.`}
        </p>
        <div className={styles.ways}>
          <Link to="/" className={buttonClass('secondary')}>{t`Go to my tasks`}</Link>
          {isNotOpen && <Button variant="quiet" onPress={() => session.addAccount()}>{t`Use another account`}</Button>}
        </div>
      </div>
    </main>
  );
}
