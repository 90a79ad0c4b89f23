import type { Principal } from '../identity/bearerAuth.ts';
import type { ServiceContext } from '../http/requestContext.ts';
import { invalidRequest } from '../config/appError.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { reply, type HonoContext } from '../http/http.ts';

/** `/threefold/v1/events`: a stream, read with fetch and a bearer token (docs/architecture.md#change-events). */
export const eventRoutes: V1Routes = { events: { GET: getEvents } };

/**
 * Sends `hello` with the mailbox's `seq`, `change` (`seq`, `folders`, `structure`) for each write since, `shared`
 * (`mailboxes`, `access`) for shared folders the token covers, and `end` with a `reason` before the stream ends.
 */
async function getEvents(
  c: HonoContext,
  { events }: ServiceContext,
  { accountId, scopes }: Principal,
): Promise<Response> {
  const lastEventId = c.req.header('last-event-id');
  if (lastEventId !== undefined && !/^\d{1,15}$/.test(lastEventId)) throw invalidRequest('Last-Event-ID is not valid.');
  const bearer = (c.req.header('authorization') ?? '').replace(/^\S+\s+/, '').trim();
  const seesShared = scopes.has('tasks.read.shared');
  const resumed = lastEventId === undefined ? {} : { lastId: Number(lastEventId) };
  const stream = await events.open({ accountId, bearer, seesShared, ...resumed });
  return reply(c, stream, 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // Asks nginx not to buffer the stream.
    'X-Accel-Buffering': 'no',
  });
}
