import type { Dialect } from '../wire/dialect.ts';
import { graphBeta, outlookRest } from '../wire/outlook/outlookDialects.ts';
import { createEventsApi, type EventsApi } from './extras/eventStream.ts';
import { createExtrasApi, type ExtrasApi } from './extras/extrasApi.ts';
import { createTaskApi, type Can, type TaskApi } from './taskApi.ts';
import { createTransport, type TransportOptions } from './transport.ts';

/** Everything that speaks to a server but for attachments. It is not needed to draw what this device has. */
export type Remote = { api: TaskApi; extras: ExtrasApi; events: EventsApi };

export const dialects: Readonly<Record<Dialect['name'], Dialect>> = { outlookRest, graphBeta };

type RemoteOptions = TransportOptions & {
  dialect: Dialect['name'];
  can: Can;
  /** The service has `/threefold/v1`, so its other dialect serves what this one lacks. */
  hasExtras: boolean;
};

export function createRemote({ dialect, can, hasExtras, ...options }: RemoteOptions): Remote {
  const send = createTransport(options);
  return {
    api: createTaskApi(dialects[dialect], send, { can, ...(hasExtras && { beside: graphBeta, honoursKeys: true }) }),
    extras: createExtrasApi(send),
    events: createEventsApi(options),
  };
}
