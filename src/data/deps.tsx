import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ExtrasApi } from '../api/extrasApi.ts';
import type { Can, TaskApi } from '../api/taskApi.ts';
import type { Clock } from '../domain/time.ts';
import type { Outbox } from '../sync/outbox.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine.ts';
import { browserPorts } from '../sync/ports.ts';
import type { Ports } from '../sync/ports.ts';

export type Account = { key: string; address: string; name: string };

/** Sign-in as the data layer and the screens see it; MSAL stays in src/app/auth.tsx. */
export type Session = {
  account: Account;
  status: 'signedIn' | 'signInNeeded';
  /** Every account known on this device (architecture.md §8). */
  accounts: readonly Account[];
  /** Sign in again, in place: nothing typed is lost. */
  signIn(): void;
  signOut(): Promise<void>;
  signOutEverywhere(): Promise<void>;
  addAccount(): void;
  switchTo(key: string): void;
  /** Where the account itself is managed (password, name), when there is such a page. */
  manageUrl?: string;
};

/** Everything the client needs from outside, for one account (architecture.md §4). */
export type Deps = {
  api: TaskApi;
  /** Null on a server without `/threefold/v1`. */
  extras: ExtrasApi | null;
  outbox: Outbox;
  clock: Clock;
  session: Session;
  can: Can;
};

const DepsContext = createContext<{ deps: Deps; engine: Engine } | undefined>(undefined);

/**
 * Gives the hooks their dependencies, and starts pulling and draining for as long as it is mounted. The whole client belongs
 * to one account: give this component `key={account.key}`, so that another account gets another one.
 */
export function DepsProvider({ deps, ports, children }: { deps: Deps; ports?: Ports; children: ReactNode }) {
  const [engine] = useState(() => createEngine(deps, ports ?? browserPorts()));
  useEffect(() => engine.start(), [engine]);
  return (
    <DepsContext value={{ deps, engine }}>
      <QueryClientProvider client={engine.client}>{children}</QueryClientProvider>
    </DepsContext>
  );
}

function useContents() {
  const contents = use(DepsContext);
  if (contents === undefined) throw new Error('DepsProvider is missing above this component');
  return contents;
}

export function useDeps(): Deps {
  return useContents().deps;
}

/** The screen, the drain and the query client of this account: for the hooks of src/data only. */
export function useEngine(): Engine {
  return useContents().engine;
}
