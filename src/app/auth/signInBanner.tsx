import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../data/dataProvider.tsx';
import { Banner } from '../../ui/feedback/banner.tsx';
import styles from '../shell/shell.module.css';

/** Said above everything once a session has ended: the pages stay, and so does what is typed in them. */
export function SignInBanner() {
  const { t } = useLingui();
  const { session } = useDeps();
  if (session.status === 'signedIn') return null;
  return (
    <div className={styles['notice']}>
      <Banner kind="amber" action={{ label: t`Sign in again`, onAction: () => session.signIn() }}>
        {t`Your sign-in has run out. Sign in again; your changes stay here.`}
      </Banner>
    </div>
  );
}
