import { Trans, useLingui } from '@lingui/react/macro';
import LinkIcon from 'lucide-react/icons/link';
import Lock from 'lucide-react/icons/lock';
import { Button } from '../../../ui/controls/button.tsx';
import { Logo } from '../../../ui/controls/logo.tsx';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { SignInIllustration } from './signInIllustration.tsx';
import type { SignInPageProps } from '../accountProps.ts';
import styles from './signInPage.module.css';

/** The first page of a person who is not signed in. */
export function SignInPage({ onSignIn, onCreateAccount, owner, busy = false, error }: SignInPageProps) {
  const { t } = useLingui();
  return (
    <div className={styles.page}>
      <div className={styles.drawing}>
        <SignInIllustration />
      </div>
      <main className={styles.text}>
        <header className={styles.brand}>
          <Logo size={32} />
        </header>
        <div className={styles.body}>
          <h1 className={styles.title}>
            <Trans>Your Outlook-style tasks, fast and offline.</Trans>
          </h1>
          <p className={styles.lead}>
            <Trans>
              All your tasks in one place: start dates, reminders, repeats, notes and files. Fast, and works offline.
            </Trans>
          </p>
          {owner !== undefined && (
            <Banner kind="neutral" icon={<LinkIcon aria-hidden />}>
              {t`This link leads to a folder of ${owner}. Sign in to open it.`}
            </Banner>
          )}
          {error !== undefined && (
            <div role="alert">
              <Banner kind="danger">{error}</Banner>
            </div>
          )}
          <div className={styles.buttons}>
            <Button variant="primary" isBusy={busy} onPress={onSignIn} className={styles.button}>
              {t`Sign in`}
            </Button>
            {onCreateAccount !== undefined && (
              <Button variant="secondary" isDisabled={busy} onPress={onCreateAccount} className={styles.button}>
                {t`Create account`}
              </Button>
            )}
          </div>
          <p className={styles.note}>
            <Lock aria-hidden />
            <Trans>You sign in on a separate page. Threefold asks to read and write your tasks, nothing else.</Trans>
          </p>
        </div>
      </main>
    </div>
  );
}
