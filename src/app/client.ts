import { createExtrasApi } from '../api/extrasApi.ts';
import { createTaskApi } from '../api/taskApi.ts';
import { createTransport } from '../api/transport.ts';
import type { Account, Deps } from '../data/deps.tsx';
import type { Clock } from '../domain/time.ts';
import { openOutbox } from '../sync/outbox.ts';
import { browserPorts } from '../sync/ports.ts';
import { createTextJournal } from '../sync/textJournal.ts';
import { graphBeta, outlookRest } from '../wire/outlook.ts';
import type { Settings } from './settings.ts';

export type Client = {
  deps: Pick<Deps, 'api' | 'extras' | 'outbox' | 'can'>;
  /** Lets go of the account's database. */
  close: () => void;
};

type Input = {
  account: Account;
  clock: Clock;
  settings: Settings;
  getToken: (options: { refresh: boolean }) => Promise<string>;
};

const dialects = { outlookRest, graphBeta };

/** Opens what this device holds of an account, and the way to its server. Nothing is asked of the network yet. */
export async function openClient({ account, clock, settings, getToken }: Input): Promise<Client> {
  const ports = browserPorts();
  const newId = () => ports.newId();
  const send = createTransport({
    base: settings.apiBase,
    fetch: (...request) => fetch(...request),
    getToken,
    sleep: (ms) => ports.sleep(ms),
    newId,
    clock,
  });
  const api = createTaskApi(dialects[settings.dialect], send);
  const extras = settings.extras ? createExtrasApi(send) : null;
  const channel = ports.channel(`threefold:${account.key}:outbox`);
  const outbox = await openOutbox({
    account: account.key,
    clock,
    newId,
    channel,
    journal: createTextJournal(localStorage, account.key),
  });
  return { deps: { api, extras, outbox, can: api.can }, close: () => outbox.close() };
}
