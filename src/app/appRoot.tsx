import { useEffect, useSyncExternalStore } from 'react';
import { LanguageProvider } from '../i18n/languageProvider.tsx';
import type { Clock } from '../domain/time/time.ts';
import { SignedInApp } from './signedInApp.tsx';
import { ErrorBoundary } from './shell/errorBoundary.tsx';
import { ErrorPage } from './shell/errorPage.tsx';
import { LazyBoundary } from './shell/lazyBoundary.tsx';
import { lazyConfigErrorPage, lazySignInRoute } from './lazyFeatures.ts';
import type { Sessions } from './auth/signInSession.ts';
import type { RuntimeConfig, RuntimeConfigResult } from './config/runtimeConfig.ts';

type Props = {
  clock: Clock;
  outcome: { ok: true; settings: RuntimeConfig; sessions: Sessions } | Exclude<RuntimeConfigResult, { ok: true }>;
};

/** The whole page: what is wrong with its settings, the way in, or the account that is open. */
export function App({ clock, outcome }: Props) {
  return (
    <LanguageProvider>
      <ErrorBoundary renderFailure={(error, retry) => <ErrorPage error={error} retry={retry} />}>
        {outcome.ok ? <Door clock={clock} {...outcome} /> : <WrongSettings outcome={outcome} />}
      </ErrorBoundary>
    </LanguageProvider>
  );
}

function WrongSettings({ outcome }: { outcome: Exclude<RuntimeConfigResult, { ok: true }> }) {
  return <LazyBoundary of={lazyConfigErrorPage}>{(page) => <page.ConfigErrorPage outcome={outcome} />}</LazyBoundary>;
}

type DoorProps = { clock: Clock; settings: RuntimeConfig; sessions: Sessions };

function Door({ clock, settings, sessions }: DoorProps) {
  const state = useSyncExternalStore(sessions.subscribe, sessions.state);
  const watch = useSyncExternalStore(sessions.subscribe, sessions.watch);
  useEffect(() => {
    // Back from the provider's page by the Back button: this page wakes up as it was left, in the middle of leaving.
    const wake = (event: PageTransitionEvent) => event.persisted && location.reload();
    window.addEventListener('pageshow', wake);
    return () => window.removeEventListener('pageshow', wake);
  }, []);
  if (state.kind === 'signedOut') {
    return (
      <LazyBoundary of={lazySignInRoute}>
        {(page) => <page.SignInRoute sessions={sessions} state={state} settings={settings} />}
      </LazyBoundary>
    );
  }
  if (state.kind === 'busy') return null;
  // A client belongs to one account: another account gets another one, from the ground up.
  return (
    <>
      <SignedInApp key={state.account.key} clock={clock} settings={settings} sessions={sessions} state={state} />
      {watch}
    </>
  );
}
