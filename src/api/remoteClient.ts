import type { Dialect } from '../wire/dialect.ts';
import { graphBeta, outlookRest } from '../wire/outlook/outlookDialects.ts';
import { createBatching, type Batching } from './batching.ts';
import { createEventsApi, type EventsApi } from './extras/eventStream.ts';
import { createExtrasApi, type ExtrasApi } from './extras/extrasApi.ts';
import { createTaskApi, type Can, type TaskApi } from './taskApi.ts';
import { createTransport, type Send, type TransportOptions } from './transport.ts';

/** Everything that speaks to a server but for attachments. It is not needed to draw what this device has. */
export type Remote = { api: TaskApi; extras: ExtrasApi; events: EventsApi; batching: Batching };

export const dialects: Readonly<Record<Dialect['name'], Dialect>> = { outlookRest, graphBeta };

export type RemoteOptions = TransportOptions & {
  dialect: Dialect['name'];
  can: Can;
  /** The service has `/threefold/v1`, so its other dialect serves what this one lacks. */
  hasExtras: boolean;
  /** Rows a page; the API's own default without. */
  pageSize?: number;
};

export function createRemote({ dialect: name, can, hasExtras, pageSize, ...options }: RemoteOptions): Remote {
  const send = createTransport(options);
  const dialect = dialects[name];
  const keys = { areHonoured: hasExtras };
  const given = { can, keys, ...(hasExtras && { beside: graphBeta }), ...(pageSize !== undefined && { pageSize }) };
  const apiOver = (over: Send) => createTaskApi(dialect, over, given);
  const extrasOver = (over: Send) => createExtrasApi(over);
  return {
    api: apiOver(send),
    extras: extrasOver(send),
    events: createEventsApi(options),
    batching: createBatching({ ...options, send, dialect, beside: hasExtras ? [graphBeta] : [], apiOver, extrasOver }),
  };
}
