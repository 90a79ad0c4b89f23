import type { ShareSnapshot } from './shareNotifications.ts';

/** One open event stream, and what was last sent on it. */
export type Subscriber = {
  accountId: string;
  bearer: string;
  /** The mailbox's number of the last event. */
  seq: number;
  /** The number of groups at that event; undefined when unknown. */
  groups: number | undefined;
  seesShared: boolean;
  /** What it was last sent about other mailboxes; undefined when unknown. */
  shared: ShareSnapshot | undefined;
  controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  /** Whether it has read nothing for a whole heartbeat interval. */
  isStuck: boolean;
};

const encoder = new TextEncoder();

export function sendEvent({ controller }: Subscriber, name: string, data: object, id?: number): void {
  // JSON contains no line breaks, so one data line is enough.
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  controller.enqueue(encoder.encode(`event: ${name}\n${idLine}data: ${JSON.stringify(data)}\n\n`));
}

/** An empty comment, which clients ignore: proves that the connection is alive. */
export function sendComment({ controller }: Subscriber): void {
  controller.enqueue(encoder.encode(': \n\n'));
}

/** Whether its buffer has room for another event. */
export function hasRoom({ controller }: Subscriber): boolean {
  return (controller.desiredSize ?? 0) > 0;
}
