import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../data/dataProvider.tsx';
import { Banner } from '../../ui/feedback/banner.tsx';
import styles from '../shell/shell.module.css';

/** Shown above the page once the session has expired; the page and its drafts stay. */
export function SignInBanner() {
  const { t } = useLingui();
  const { session } = useDeps();
  if (session.status === 'signedIn') return null;
  return (
    <div className={styles['notice']}>
      <Banner kind="amber" action={{ label: t`Sign in again`, onAction: () => session.signIn() }}>
        {t`Your sign-in has expired. Sign in again; your changes stay here.`}
      </Banner>
    </div>
  );
}
