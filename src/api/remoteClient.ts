import type { Dialect } from '../wire/dialect.ts';
import { graphBeta, outlookRest } from '../wire/outlook/outlookDialects.ts';
import { createBatching, type Batching } from './batching.ts';
import { createEventStreamApi, type EventStreamApi } from './extras/eventStream.ts';
import { createExtrasApi, type ExtrasApi } from './extras/extrasApi.ts';
import { createTaskApi, type Capabilities, type TaskApi } from './taskApi.ts';
import { createClockSkew } from './clockSkew.ts';
import { createTransport, type SendRequest, type TransportOptions } from './transport.ts';

/** All requests except those about attachments. Not needed to draw the data on this device. */
export type RemoteClient = { api: TaskApi; extras: ExtrasApi; events: EventStreamApi; batching: Batching };

export const dialects: Readonly<Record<Dialect['name'], Dialect>> = { outlookRest, graphBeta };

export type RemoteOptions = TransportOptions & {
  dialect: Dialect['name'];
  can: Capabilities;
  /** The service has `/threefold/v1`, so its other dialect can serve what this one lacks. */
  hasExtras: boolean;
  /** Rows a page; the API's default when absent. */
  pageSize?: number;
};

export function createRemoteClient({ dialect: name, can, hasExtras, pageSize, ...given }: RemoteOptions): RemoteClient {
  const options = { ...given, skew: given.skew ?? createClockSkew(given.clock) };
  const send = createTransport(options);
  const dialect = dialects[name];
  const keys = { areHonoured: hasExtras };
  const apiOptions = {
    can,
    keys,
    ...(hasExtras && { beside: graphBeta }),
    ...(pageSize !== undefined && { pageSize }),
  };
  const apiOver = (over: SendRequest) => createTaskApi(dialect, over, apiOptions);
  const extrasOver = (over: SendRequest) => createExtrasApi(over);
  return {
    api: apiOver(send),
    extras: extrasOver(send),
    events: createEventStreamApi(options),
    batching: createBatching({ ...options, send, dialect, beside: hasExtras ? [graphBeta] : [], apiOver, extrasOver }),
  };
}
