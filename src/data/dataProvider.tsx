import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { createSyncEngine } from '../sync/engine/syncEngine.ts';
import type { SyncEngine } from '../sync/engine/syncEngine.ts';
import { browserPorts } from '../sync/platform/ports.ts';
import type { Ports } from '../sync/platform/ports.ts';
import type { Deps } from '../sync/accountSession.ts';
import { createQueryBridge } from './queryBridge.ts';

export type { Account, Deps, Session } from '../sync/accountSession.ts';

const DepsContext = createContext<{ deps: Deps; engine: SyncEngine } | undefined>(undefined);

/**
 * Provides the dependencies of hooks, and pulls and sends while mounted. The whole client belongs to one account: set
 * `key={account.key}`, so that another account gets another one.
 */
export function DataProvider({ deps, ports, children }: { deps: Deps; ports?: Ports; children: ReactNode }) {
  const [{ engine, bridge }] = useState(() => {
    const engine = createSyncEngine(deps, ports ?? browserPorts());
    return { engine, bridge: createQueryBridge(engine, deps.clock) };
  });
  useEffect(() => {
    const stop = engine.start();
    return () => {
      stop();
      // Another account gets another engine; a message listener must not keep the old one in memory.
      bridge.close();
      engine.close();
    };
  }, [engine, bridge]);
  const { status } = deps.session;
  // Signing in again resumes what was paused.
  useEffect(() => {
    if (status === 'signedIn') engine.wake();
  }, [engine, status]);
  return (
    <DepsContext value={{ deps, engine }}>
      <QueryClientProvider client={bridge.client}>{children}</QueryClientProvider>
    </DepsContext>
  );
}

function useContents() {
  const contents = use(DepsContext);
  if (contents === undefined) throw new Error('DataProvider is missing above this component');
  return contents;
}

export function useDeps(): Deps {
  return useContents().deps;
}

/** The engine of this account: for the hooks of src/data only. */
export function useSyncEngine(): SyncEngine {
  return useContents().engine;
}
