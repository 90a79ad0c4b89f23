import { folderOfRequest, taskIdOfRequest } from '../http/pathTarget.ts';
import { sql } from 'kysely';
import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type { Task } from '../../src/domain/task/task.ts';
import { taskFields } from '../../src/wire/outlook/outlookDialects.ts';
import { cachedResponseOf } from '../http/responseCache.ts';
import { sendExpanded } from '../attachments/expandAttachments.ts';
import { insertInlineAttachments, extractInlineAttachments } from '../attachments/inlineAttachments.ts';
import {
  withODataId,
  odataContextOf,
  collectionText,
  sendCachedResponse,
  sendList,
  sendEntity,
  sendNoContent,
  userUrlOf,
  writeForRequest,
  responseTimeZone,
  type RequestContext,
  type StreamedBody,
} from '../http/requestContext.ts';
import { isPostgres } from '../db/isPostgres.ts';
import type { TaskRow } from '../db/tables.ts';
import { readJsonBody, readEmptyBody } from '../http/http.ts';
import { streamedPageOf, streamedPageBody } from '../http/streamedPage.ts';
import { nextLinkOf, selectMembers, sendCount, unknownProperty } from '../http/paging.ts';
import { taskQueryFields } from '../query/queryFields.ts';
import { listQueryOf, type ListQuery } from '../query/listQuery.ts';
import { newestFirst } from '../query/compileOrder.ts';
import { chooseIndex } from '../query/queryPlan.ts';
import { expressionOf, joined } from '../query/sqlText.ts';
import { runOnce, readIdempotencyKey } from '../http/idempotency.ts';
import { visibleToGuest } from '../access/access.ts';
import { taskRow, type MailboxWrite } from '../db/mailboxTransaction.ts';
import { taskOf } from '../mailbox/taskRows.ts';
import { taskPageJson, type TaskJsonPage } from '../feed/taskJson.ts';
import * as use from '../mailbox/tasks.ts';

/** Tasks (docs/protocol.md#task). */

export async function listTasks(call: RequestContext): Promise<Response> {
  if (call.options.expand === undefined) return sendList(call, () => tasksPage(call));
  return sendExpanded(call, JSON.parse(await tasksText(call)));
}

/** Pages above this many rows may be too long to hold in memory. */
const surelyShort = 100;

async function tasksPage(call: RequestContext): Promise<string | StreamedBody> {
  // Also refuses a selection while there is a status to say it with.
  const showsNotes = selectedMembers(call)?.has('body') ?? true;
  if (call.options.top <= surelyShort || !showsNotes) return tasksText(call);
  const query = taskQueryOf(call);
  const folderId = await listedFolder(call);
  const page = await streamedPageOf(call, folderId, query);
  if (page === undefined) return tasksText(call);
  const count = call.options.count === true ? (await countIn(call, folderId, query)).n : undefined;
  const json = (row: TaskRow) => taskJson(call, taskOf(row, call.mailbox.name));
  const shown = { json, count, nextLink: nextLinkOf(call, page.hasMore) };
  return { pieces: streamedPageBody(call, { folderId, query, ids: page.ids }, shown), estimate: page.size };
}

async function tasksText(call: RequestContext): Promise<string> {
  const { count } = call.options;
  const query = taskQueryOf(call);
  const folderId = await listedFolder(call);
  const total = count ? await countIn(call, folderId, query) : undefined;
  const toPage = responseTimeZone(call).name === 'UTC' && !isPostgres(call.read) ? utcPage : codecPage;
  const page = await toPage(call, folderId, query);
  const nextLink = nextLinkOf(call, page.hasMore);
  return collectionText(odataContextOf(call), page.json, {
    count: total === undefined ? undefined : total.n,
    nextLink,
  });
}

/** Without a conversion of dates SQLite writes the JSON itself. */
async function utcPage(call: RequestContext, folderId: string | undefined, query: ListQuery): Promise<TaskJsonPage> {
  const { accountId, name: owner } = call.mailbox;
  const { dialect } = call;
  const { top, skip } = call.options;
  const select = selectedMembers(call);
  const userUrl = userUrlOf(call);
  const { where, order } = query;
  const route = await chooseIndex(call.read, { accountId, folderId }, query);
  return taskPageJson(call.read, {
    accountId,
    folderId,
    owner,
    userUrl,
    top,
    skip,
    select,
    dialect,
    where,
    order,
    route,
  });
}

/**
 * The codec writes dates in the zone of Prefer: rows become tasks, and tasks JSON. It does so on PostgreSQL as well,
 * because all processes share the database and it must not do their work (docs/decisions/0020-postgresql.md).
 */
async function codecPage(call: RequestContext, folderId: string | undefined, query: ListQuery): Promise<TaskJsonPage> {
  const { top, skip } = call.options;
  const { accountId } = call.mailbox;
  const route = await chooseIndex(call.read, { accountId, folderId }, query);
  const inFolder = folderId === undefined ? sql`` : sql`and folder_id = ${folderId}`;
  const { rows } = await sql<TaskRow>`
    select * from tasks ${sql.raw(route)}
    where account_id = ${accountId} ${inFolder} and deleted_at is null and ${expressionOf(query.where)}
    order by ${sql.raw(query.order ?? newestFirst)} limit ${top + 1} offset ${skip}`.execute(call.read);
  const values = rows.slice(0, top).map((row) => taskJson(call, taskOf(row, call.mailbox.name)));
  return { json: JSON.stringify(values), hasMore: rows.length > top };
}

export async function countTasks(call: RequestContext): Promise<Response> {
  const query = taskQueryOf(call);
  return sendCount(call, await countIn(call, await listedFolder(call), query));
}

export async function getTask(call: RequestContext): Promise<Response> {
  const row = await taskRow(call.read, call.mailbox, await taskIdOfRequest(call.read, call));
  const entity = taskJson(call, taskOf(row, call.mailbox.name));
  if (call.options.expand === undefined) return sendEntity(call, 200, entity);
  return sendExpanded(call, { '@odata.context': `${odataContextOf(call)}/$entity`, ...entity });
}

export async function postTask(call: RequestContext): Promise<Response> {
  const { text, json } = await readJsonBody(call.c);
  const { json: bare, inline } = extractInlineAttachments(call.dialect, json);
  const patch = call.dialect.task.decodePatch(bare);
  const repeat = readIdempotencyKey(call.c, text, call.clock.now());
  const attach =
    inline.length === 0
      ? undefined
      : (write: MailboxWrite, id: string) => insertInlineAttachments(write, call, id, inline);
  const task = await writeForRequest(call, async (write) => {
    const folder = await folderOfRequest(write.trx, call);
    return runOnce(write, repeat, {
      run: () => use.createTask(write, writerOf(call), folder.id, patch, attach && ((id: string) => attach(write, id))),
      ids: ({ id }) => [id],
      load: async ([id = '']) => taskOf(await taskRow(write.trx, write, id), call.mailbox.name),
    });
  });
  return sendEntity(call, 201, taskJson(call, task));
}

export async function patchTask(call: RequestContext): Promise<Response> {
  const { json } = await readJsonBody(call.c);
  const patch = call.dialect.task.decodePatch(json);
  const task = await writeForRequest(call, async (write) =>
    use.updateTask(write, writerOf(call), await taskIdOfRequest(write.trx, call), patch, call.c.req.header('if-match')),
  );
  return sendEntity(call, 200, taskJson(call, task));
}

export async function deleteTask(call: RequestContext): Promise<Response> {
  await writeForRequest(call, async (write) =>
    use.deleteTask(write, await taskIdOfRequest(write.trx, call), call.c.req.header('if-match')),
  );
  return sendNoContent(call);
}

export async function completeTask(call: RequestContext): Promise<Response> {
  const { text } = await readEmptyBody(call.c);
  const repeat = readIdempotencyKey(call.c, text, call.clock.now());
  const tasks = await writeForRequest(call, async (write) =>
    runOnce<readonly EditableTask[]>(write, repeat, {
      run: async () =>
        use.completeTask(write, writerOf(call), await taskIdOfRequest(write.trx, call), call.c.req.header('if-match')),
      ids: (made) => made.map(({ id }) => id),
      load: (ids) => Promise.all(ids.map(async (id) => taskOf(await taskRow(write.trx, write, id), call.mailbox.name))),
    }),
  );
  if (call.prefer.returnsMinimal) return sendNoContent(call);
  const values = JSON.stringify(tasks.map((task) => taskJson(call, task)));
  const context = odataContextOf({ ...call, pattern: 'tasks' });
  return sendCachedResponse(call, cachedResponseOf(collectionText(context, values)));
}

/** The folder a list is of, checked; undefined for the whole mailbox. */
async function listedFolder(call: RequestContext): Promise<string | undefined> {
  return call.keys.folder === undefined ? undefined : (await folderOfRequest(call.read, call)).id;
}

/** What the request asks for, of what the reader may see: guests, tasks of shared folders that are not private. */
function taskQueryOf(call: RequestContext): ListQuery {
  const query = listQueryOf(call, taskQueryFields);
  const { guestId } = call.mailbox;
  return guestId === undefined ? query : { ...query, where: joined([query.where, visibleToGuest(guestId)], 'and') };
}

function tasksIn(call: RequestContext, folderId: string | undefined, { where }: ListQuery) {
  const all = call.read.selectFrom('tasks').where('deleted_at', 'is', null).where(expressionOf(where));
  return folderId === undefined
    ? all.where('account_id', '=', call.mailbox.accountId)
    : all.where('folder_id', '=', folderId);
}

function countIn(call: RequestContext, folderId: string | undefined, query: ListQuery): Promise<{ n: number }> {
  return tasksIn(call, folderId, query)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
}

function writerOf(call: RequestContext): use.WriteSettings {
  return { owner: call.mailbox.name, zone: responseTimeZone(call).zone, newId: call.newId };
}

export function taskJson(call: RequestContext, task: Task): object {
  const members = call.dialect.task.encode(task, { zone: responseTimeZone(call).name });
  return withODataId(call, 'Tasks', task.id, selectMembers(call, members));
}

const memberNamed = new Map(taskFields.map(({ name, member }) => [name.toLowerCase(), member]));

export function selectedMembers(call: RequestContext): ReadonlySet<keyof Task> | undefined {
  const names = call.options.select;
  if (names === undefined || names.includes('*')) return undefined;
  return new Set(names.map((name) => memberNamed.get(name.toLowerCase()) ?? unknownProperty(name)));
}
