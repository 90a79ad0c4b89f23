import type { QueryClient } from '@tanstack/react-query';
import type { Deps } from '../../sync/accountSession.ts';
import type { Ports } from '../../sync/platform/ports.ts';
import { createInFlightCreates } from '../../sync/pull/inFlightCreates.ts';
import type { Sender } from '../../sync/send/sender.ts';
import { createReplicaErrors } from '../../sync/storage/replicaErrors.ts';
import { previousTotalsOf } from '../../sync/views/firstPaint.ts';
import { createReplicaBridge } from './replicaBridge.ts';
import { createTaskViews } from './taskView.ts';

type Input = {
  deps: Deps;
  client: QueryClient;
  ports: Ports;
  /** Resolves after the first paint, which is drawn from loaded data. */
  painted: () => Promise<void>;
  sender: () => Sender;
  /** The replica could not be stored. */
  onStorageError: () => void;
  /** Storing works again. */
  onRecover: () => void;
};

/** The account's replica on this device, its storage errors, and the lists drawn from it. */
export function createReplicaViews({ deps, client, ports, painted, sender, onStorageError, onRecover }: Input) {
  const { api, clock, firstPaint, outbox, session } = deps;
  const errors = createReplicaErrors({
    store: deps.replicaStore,
    isPersisted: () => bridge.replica.isPersisted(),
    onReport: onStorageError,
    onRecover,
  });
  const bridge = createReplicaBridge({
    account: session.account.key,
    api,
    client,
    clock,
    ports,
    store: errors.store,
    firstPaint,
    inFlightCreates: createInFlightCreates(outbox, sender),
    onStorageError: errors.report,
  });
  const views = createTaskViews({
    client,
    outbox,
    replica: bridge.replica,
    previousTotals: previousTotalsOf(firstPaint),
    onOpen: (place) => void painted().then(() => bridge.replica.load(place)),
  });
  return { errors, bridge, views };
}
