import { useLingui } from '@lingui/react/macro';
import { ownerInPath } from '../../domain/urls/appUrls.ts';
import { SignInPage } from '../../features/account/sign-in/signInPage.tsx';
import type { SessionState } from './sessionState.ts';
import type { Sessions } from './signInSession.ts';
import type { RuntimeConfig } from '../config/runtimeConfig.ts';
import { useDocumentTitle } from '../../ui/browser/documentTitle.ts';

type Props = { sessions: Sessions; state: Extract<SessionState, { kind: 'signedOut' }>; settings: RuntimeConfig };

/** The sign-in page. It keeps the requested address, which is restored after signing in. */
export function SignInRoute({ sessions, state, settings }: Props) {
  const { t } = useLingui();
  useDocumentTitle(t`Sign in`);
  const error = {
    offline: t`The sign-in server could not be reached. Check the network, then try again.`,
    failed: t`Signing in did not work. Nothing was changed; try again.`,
  };
  return (
    <SignInPage
      owner={ownerInPath(window.location.pathname)}
      busy={state.isLeaving}
      error={state.failure === null ? undefined : error[state.failure]}
      onSignIn={() => void sessions.signIn({ create: false })}
      // Microsoft Entra ID creates its accounts elsewhere.
      onCreateAccount={settings.auth.kind === 'embedded' ? () => void sessions.signIn({ create: true }) : undefined}
    />
  );
}
