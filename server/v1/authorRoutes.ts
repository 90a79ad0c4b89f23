import type { Principal } from '../identity/bearerAuth.ts';
import type { ServiceContext } from '../http/requestContext.ts';
import { malformedId } from '../config/appError.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { replyJson, type HonoContext } from '../http/http.ts';
import { isIdText } from '../config/ids.ts';
import { taskRow, type MailboxRef } from '../db/mailboxTransaction.ts';

/** The authors of a task, which no dialect has (docs/decisions/0024-sharing.md). */
export const authorRoutes: V1Routes = { 'tasks/*/authors': { GET: getAuthors } };

/** `{ "createdBy", "lastModifiedBy", "lastModifiedDateTime" }`; null for a deleted account. */
async function getAuthors(
  c: HonoContext,
  { read }: ServiceContext,
  _: Principal,
  id: string,
  { mailbox }: { mailbox: MailboxRef },
): Promise<Response> {
  if (!isIdText(id)) throw malformedId();
  const task = await taskRow(read, mailbox, id);
  const { created_by, modified_by } = await read
    .selectFrom('tasks')
    .select(['created_by', 'modified_by'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const [createdBy, modifiedBy] = [created_by ?? mailbox.accountId, modified_by ?? mailbox.accountId];
  const people = await read
    .selectFrom('accounts')
    .select(['id', 'name', 'address'])
    .where('id', 'in', [createdBy, modifiedBy])
    .execute();
  const person = (accountId: string) => {
    const person = people.find((candidate) => candidate.id === accountId);
    return person === undefined ? null : { name: person.name, address: person.address };
  };
  return replyJson(c, {
    createdBy: person(createdBy),
    lastModifiedBy: person(modifiedBy),
    lastModifiedDateTime: task.modified_at,
  });
}
