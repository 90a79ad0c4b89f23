import type { Deps } from '../accountSession.ts';
import type { Ports } from '../platform/ports.ts';
import { createConcurrentAnswers } from '../pull/concurrentAnswers.ts';
import type { FirstRows } from '../pull/firstRows.ts';
import { createInFlightCreates } from '../pull/inFlightCreates.ts';
import { createPullLedger } from '../pull/pullLedger.ts';
import { createPullSource } from '../pull/pullSource.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import { createPullFolder } from '../replica/pullFolder.ts';
import type { Replica } from '../replica/replica.ts';
import type { Sender } from '../send/sender.ts';

type Input = {
  deps: Pick<Deps, 'api' | 'clock' | 'outbox' | 'session'>;
  ports: Ports;
  replica: Replica;
  lists: PlaceLists;
  sender: Pick<Sender, 'settled'>;
  firstRows: FirstRows;
  isLive: () => boolean;
};

/** What reads from the server into the replica; a page waits for the answers of creates in flight. */
export function createEnginePulls({ deps, ports, replica, lists, sender, firstRows, isLive }: Input) {
  const { api, clock, outbox, session } = deps;
  const account = session.account.key;
  const concurrentAnswers = createConcurrentAnswers();
  const { rowsSettled, placesSettled } = createInFlightCreates(outbox, sender);
  const pullFolder = createPullFolder({ account, api, replica, clock, ports, createsSettled: rowsSettled });
  const source = createPullSource({ api, concurrentAnswers, clock, replica, lists, pullFolder, placesSettled });
  return { concurrentAnswers, ledger: createPullLedger({ source, ports, clock, firstRows, isLive }) };
}
