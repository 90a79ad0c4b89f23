import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { BrowserRouter } from 'react-router';
import { DataProvider, type Session } from '../data/dataProvider.tsx';
import type { Clock } from '../domain/time/time.ts';
import { toasts } from '../ui/feedback/toast.tsx';
import { openAccountClient, type AccountClient } from './accountClient.ts';
import { AppRoutes } from './appRoutes.tsx';
import type { SessionState } from './auth/sessionState.ts';
import type { Sessions } from './auth/signInSession.ts';
import type { RuntimeConfig } from './config/runtimeConfig.ts';
import { CommandToasts } from './shell/commandToasts.tsx';

type Props = {
  clock: Clock;
  settings: RuntimeConfig;
  sessions: Sessions;
  state: Extract<SessionState, { kind: 'open' }>;
};

/** The app of one account, drawn from the data on this device first. Mount it with `key={account.key}`. */
export function SignedInApp({ clock, settings, sessions, state }: Props) {
  const client = useClient({ clock, settings, sessions, state });
  const session = useSession({ sessions, state, client });
  if (client === undefined) return null;
  return (
    <DataProvider deps={{ ...client.deps, clock, session }}>
      <CommandToasts>
        <BrowserRouter>
          <AppRoutes />
        </BrowserRouter>
      </CommandToasts>
    </DataProvider>
  );
}

function useClient({ clock, settings, sessions, state }: Props): AccountClient | undefined {
  const [opened, setOpened] = useState<{ client: AccountClient } | { error: unknown }>();
  const { account } = state;
  const accountOnOpening = useRef(account);
  useEffect(() => {
    let isGone = false;
    const getToken = (options: { refresh: boolean }) => sessions.getToken(accountOnOpening.current, options);
    const opening = openAccountClient({ account: accountOnOpening.current, clock, settings, getToken });
    opening.then(
      (client) => !isGone && setOpened({ client }),
      (error: unknown) => !isGone && setOpened({ error }),
    );
    return () => {
      isGone = true;
      // The toast's action belongs to this account.
      const toast = toasts.current();
      if (toast !== null) toasts.close(toast.id);
      // A client that failed to open needs no closing.
      opening.then(
        (client) => client.close(),
        () => undefined,
      );
    };
  }, [clock, settings, sessions]);
  if (opened !== undefined && 'error' in opened) throw opened.error;
  return opened?.client;
}

const showError = (text: string) => toasts.show({ kind: 'error', text });

type SessionInput = Pick<Props, 'sessions' | 'state'> & { client: AccountClient | undefined };

function useSession({ sessions, state, client }: SessionInput): Session {
  const { t } = useLingui();
  const { account, accounts, status } = state;
  const messages = {
    someoneElse: t`You signed in as someone else. Sign in as ${account.address} to continue.`,
    offline: t`The sign-in server could not be reached. Try again when you are online.`,
    failed: t`Signing in did not work. Nothing was changed; try again.`,
  };
  return {
    account,
    accounts,
    status,
    signIn() {
      sessions.signInAgain(account).then(
        (outcome) => (outcome === 'someoneElse' || outcome === 'offline') && showError(messages[outcome]),
        () => showError(messages.failed),
      );
    },
    signOut: () => sessions.signOut(account),
    async signOutEverywhere() {
      await client?.deps.extras?.signOutEverywhere();
      await sessions.signOut(account);
    },
    addAccount: ({ stay } = { stay: false }) =>
      void sessions.addAccount(stay ? window.location.href : undefined).catch(() => showError(messages.offline)),
    switchTo: sessions.switchTo,
  };
}
