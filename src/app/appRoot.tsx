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

/** The whole page: a configuration error, the sign-in page, or the open account. */
export function App({ clock, outcome }: Props) {
  return (
    <LanguageProvider>
      <ErrorBoundary renderFailure={(error, retry) => <ErrorPage error={error} retry={retry} />}>
        {outcome.ok ? <AccountGate clock={clock} {...outcome} /> : <InvalidConfig outcome={outcome} />}
      </ErrorBoundary>
    </LanguageProvider>
  );
}

function InvalidConfig({ outcome }: { outcome: Exclude<RuntimeConfigResult, { ok: true }> }) {
  return <LazyBoundary of={lazyConfigErrorPage}>{(page) => <page.ConfigErrorPage outcome={outcome} />}</LazyBoundary>;
}

type AccountGateProps = { clock: Clock; settings: RuntimeConfig; sessions: Sessions };

function AccountGate({ clock, settings, sessions }: AccountGateProps) {
  const state = useSyncExternalStore(sessions.subscribe, sessions.state);
  const watch = useSyncExternalStore(sessions.subscribe, sessions.watch);
  useEffect(() => {
    // The Back button restores this page from the back/forward cache in the middle of its redirect to the provider.
    const reloadRestored = (event: PageTransitionEvent) => event.persisted && location.reload();
    window.addEventListener('pageshow', reloadRestored);
    return () => window.removeEventListener('pageshow', reloadRestored);
  }, []);
  if (state.kind === 'signedOut') {
    return (
      <LazyBoundary of={lazySignInRoute}>
        {(page) => <page.SignInRoute sessions={sessions} state={state} settings={settings} />}
      </LazyBoundary>
    );
  }
  if (state.kind === 'busy') return null;
  // A client belongs to one account, so another account remounts everything.
  return (
    <>
      <SignedInApp key={state.account.key} clock={clock} settings={settings} sessions={sessions} state={state} />
      {watch}
    </>
  );
}
