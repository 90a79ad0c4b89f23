import { createParser } from 'eventsource-parser';
import type { EventSourceMessage } from 'eventsource-parser';
import * as v from 'valibot';
import { ApiError } from '../apiError.ts';
import { resolveRequestUrl, errorFromResponse, requireToken, retryAfterMs } from '../transport.ts';
import type { TransportOptions } from '../transport.ts';

/** An event of the change stream, which says where something changed, not what (docs/architecture.md#change-events). */
export type MailboxEvent =
  /** The number of the own mailbox when the stream began. */
  | { kind: 'hello'; seq: number }
  /** All changes since the previous event: folders with changed tasks, and whether folders or groups changed. */
  | { kind: 'change'; seq: number; folders: readonly string[]; structure: boolean }
  /** The same for shared folders; `access` when the list of them changed. */
  | { kind: 'shared'; mailboxes: readonly { address: string; folders: readonly string[] }[]; access: boolean }
  /** The service ends the stream intentionally. */
  | { kind: 'end'; reason: string };

export type EventStreamApi = {
  /**
   * Listens until the stream ends, resuming after event number `after`; `onSign` is called for any data, heartbeats
   * included.
   * @throws ApiError `missing` or `refused` from a server without events.
   */
  listen: (options: {
    after: number | undefined;
    onEvent: (event: MailboxEvent) => void;
    onSign: () => void;
    signal: AbortSignal;
  }) => Promise<void>;
};

const path = '/threefold/v1/events';

const eventKinds = ['hello', 'change', 'shared', 'end'] as const;
const eventSchema = v.variant('kind', [
  v.object({ kind: v.literal('hello'), seq: v.number() }),
  v.object({ kind: v.literal('change'), seq: v.number(), folders: v.array(v.string()), structure: v.boolean() }),
  v.object({
    kind: v.literal('shared'),
    mailboxes: v.array(v.object({ address: v.string(), folders: v.array(v.string()) })),
    access: v.boolean(),
  }),
  v.object({ kind: v.literal('end'), reason: v.string() }),
]);

/** Reads the stream with fetch, because `EventSource` cannot send a token (docs/decisions/0019-change-events.md). */
export function createEventStreamApi({
  base,
  fetch,
  getToken,
  newId,
  clock,
}: Pick<TransportOptions, 'base' | 'fetch' | 'getToken' | 'newId' | 'clock'>): EventStreamApi {
  return {
    async listen({ after, onEvent, onSign, signal }) {
      const open = async (refresh: boolean) => {
        const token = await requireToken(getToken, refresh);
        const headers = {
          Authorization: `Bearer ${token}`,
          Accept: 'text/event-stream',
          'client-request-id': newId(),
          ...(after === undefined ? {} : { 'Last-Event-ID': String(after) }),
        };
        try {
          return await fetch(resolveRequestUrl(path, base), { method: 'GET', headers, credentials: 'omit', signal });
        } catch (cause) {
          throw new ApiError('offline', 'The server was not reached', { cause });
        }
      };
      const first = await open(false);
      const response = first.status === 401 ? await open(true) : first;
      if (!response.ok) throw await errorFromResponse(response, retryAfterMs(response, clock.now()));
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (!isStream || response.body === null) throw new ApiError('missing', 'The server has no change events');
      try {
        await readEvents(response.body, (event) => {
          onSign();
          if (event !== null) onEvent(event);
        });
      } catch (cause) {
        if (cause instanceof ApiError) throw cause;
        throw new ApiError('offline', 'The line broke', { cause });
      }
    },
  };
}

/** Larger than any event of the service; characters. */
const maxEventSize = 1_000_000;

/** Reports each event, and null for a comment. Unknown events only count as data. */
async function readEvents(
  body: ReadableStream<Uint8Array>,
  report: (event: MailboxEvent | null) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const parser = createParser({
    maxBufferSize: maxEventSize,
    onEvent: (message) => report(readEvent(message)),
    onComment: () => report(null),
    onError(cause) {
      // Fields that the parser does not know are ignored, as the format asks.
      if (cause.type === 'max-buffer-size-exceeded')
        throw new ApiError('broken', 'A change event is too long', { cause });
    },
  });
  for (let read = await reader.read(); !read.done; read = await reader.read())
    parser.feed(decoder.decode(read.value, { stream: true }));
}

function readEvent({ event: kind, data }: EventSourceMessage): MailboxEvent | null {
  if (!eventKinds.some((known) => known === kind)) return null;
  const json = parsed(data);
  const read = v.safeParse(eventSchema, typeof json === 'object' ? { ...json, kind } : json);
  if (!read.success) throw new ApiError('broken', 'A change event cannot be read', { cause: read.issues });
  return read.output;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ApiError('broken', 'A change event cannot be read', { cause });
  }
}
