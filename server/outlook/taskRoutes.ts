import { sql } from 'kysely';
import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type { Task } from '../../src/domain/task/task.ts';
import { taskFields } from '../../src/wire/outlook/outlookDialects.ts';
import type { JsonObject } from '../../src/wire/dialect.ts';
import { answerOf } from '../http/responseCache.ts';
import { sendWithAttachments } from '../attachments/expandAttachments.ts';
import { attachInline, splitInline } from '../attachments/inlineAttachments.ts';
import {
  addressed,
  contextOf,
  collectionText,
  sendAnswer,
  sendList,
  sendEntity,
  sendNothing,
  userUrlOf,
  writeCall,
  zoneOf,
  type Call,
  type Streamed,
} from '../http/requestContext.ts';
import { isPostgres } from '../db/isPostgres.ts';
import type { TaskRow } from '../db/tables.ts';
import { notFound } from '../config/appError.ts';
import { readJson, readNothing } from '../http/http.ts';
import { longPage, longPagePieces } from '../http/streamedPage.ts';
import { nextLinkOf, pick, sendCount, unknownProperty } from '../http/paging.ts';
import { taskQueryFields } from '../query/queryFields.ts';
import { listQueryOf, type ListQuery } from '../query/listQuery.ts';
import { newestFirst } from '../query/compileOrder.ts';
import { routeOf } from '../query/queryPlan.ts';
import { expressionOf, joined } from '../query/sqlText.ts';
import { once, readRepeat } from '../http/idempotency.ts';
import { folderIn } from './folderRoutes.ts';
import { shownTo } from '../access/access.ts';
import { taskOf, taskRow, type Db, type Write } from '../db/mailboxTransaction.ts';
import { taskPageJson, type JsonPage } from '../feed/taskJson.ts';
import * as use from '../mailbox/tasks.ts';

/** Tasks (docs/protocol.md#task). */

export async function listTasks(call: Call): Promise<Response> {
  if (call.options.expand === undefined) return sendList(call, () => tasksPage(call));
  return sendWithAttachments(call, JSON.parse(await tasksText(call)) as JsonObject);
}

/** Pages above this many rows may be too long to hold in memory. */
const surelyShort = 100;

async function tasksPage(call: Call): Promise<string | Streamed> {
  // Also refuses a selection while there is a status to say it with.
  const showsNotes = selectedMembers(call)?.has('body') ?? true;
  if (call.options.top <= surelyShort || !showsNotes) return tasksText(call);
  const query = taskQueryOf(call);
  const folderId = await listedFolder(call);
  const page = await longPage(call, folderId, query);
  if (page === undefined) return tasksText(call);
  const count = call.options.count === true ? (await countIn(call, folderId, query)).n : undefined;
  const json = (row: TaskRow) => taskJson(call, taskOf(row, call.mailbox.name));
  const shown = { json, count, nextLink: nextLinkOf(call, page.hasMore) };
  return { pieces: longPagePieces(call, { folderId, query, ids: page.ids }, shown), estimate: page.size };
}

async function tasksText(call: Call): Promise<string> {
  const { count } = call.options;
  const query = taskQueryOf(call);
  const folderId = await listedFolder(call);
  const total = count ? await countIn(call, folderId, query) : undefined;
  const toPage = zoneOf(call).name === 'UTC' && !isPostgres(call.read) ? utcPage : codecPage;
  const page = await toPage(call, folderId, query);
  const nextLink = nextLinkOf(call, page.hasMore);
  return collectionText(contextOf(call), page.json, {
    count: total === undefined ? undefined : total.n,
    nextLink,
  });
}

/** Without a conversion of dates SQLite writes the JSON itself. */
async function utcPage(call: Call, folderId: string | undefined, query: ListQuery): Promise<JsonPage> {
  const { accountId, name: owner } = call.mailbox;
  const { dialect } = call;
  const { top, skip } = call.options;
  const select = selectedMembers(call);
  const userUrl = userUrlOf(call);
  const { where, order } = query;
  const route = await routeOf(call.read, { accountId, folderId }, query);
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
async function codecPage(call: Call, folderId: string | undefined, query: ListQuery): Promise<JsonPage> {
  const { top, skip } = call.options;
  const { accountId } = call.mailbox;
  const route = await routeOf(call.read, { accountId, folderId }, query);
  const inFolder = folderId === undefined ? sql`` : sql`and folder_id = ${folderId}`;
  const { rows } = await sql<TaskRow>`
    select * from tasks ${sql.raw(route)}
    where account_id = ${accountId} ${inFolder} and deleted_at is null and ${expressionOf(query.where)}
    order by ${sql.raw(query.order ?? newestFirst)} limit ${top + 1} offset ${skip}`.execute(call.read);
  const values = rows.slice(0, top).map((row) => taskJson(call, taskOf(row, call.mailbox.name)));
  return { json: JSON.stringify(values), hasMore: rows.length > top };
}

export async function countTasks(call: Call): Promise<Response> {
  const query = taskQueryOf(call);
  return sendCount(call, await countIn(call, await listedFolder(call), query));
}

export async function getTask(call: Call): Promise<Response> {
  const row = await taskRow(call.read, call.mailbox, await taskIn(call.read, call));
  const entity = taskJson(call, taskOf(row, call.mailbox.name));
  if (call.options.expand === undefined) return sendEntity(call, 200, entity);
  return sendWithAttachments(call, { '@odata.context': `${contextOf(call)}/$entity`, ...entity });
}

export async function postTask(call: Call): Promise<Response> {
  const { text, json } = await readJson(call.c);
  const { json: bare, inline } = splitInline(call.dialect, json);
  const patch = call.dialect.task.decodePatch(bare);
  const repeat = readRepeat(call.c, text, call.clock.now());
  const attach = inline.length === 0 ? undefined : (write: Write, id: string) => attachInline(write, call, id, inline);
  const task = await writeCall(call, async (write) => {
    const folder = await folderIn(write.trx, call);
    return once(write, repeat, {
      run: () => use.createTask(write, writerOf(call), folder.id, patch, attach && ((id: string) => attach(write, id))),
      ids: ({ id }) => [id],
      load: async ([id = '']) => taskOf(await taskRow(write.trx, write, id), call.mailbox.name),
    });
  });
  return sendEntity(call, 201, taskJson(call, task));
}

export async function patchTask(call: Call): Promise<Response> {
  const { json } = await readJson(call.c);
  const patch = call.dialect.task.decodePatch(json);
  const task = await writeCall(call, async (write) =>
    use.updateTask(write, writerOf(call), await taskIn(write.trx, call), patch, call.c.req.header('if-match')),
  );
  return sendEntity(call, 200, taskJson(call, task));
}

export async function deleteTask(call: Call): Promise<Response> {
  await writeCall(call, async (write) =>
    use.deleteTask(write, await taskIn(write.trx, call), call.c.req.header('if-match')),
  );
  return sendNothing(call);
}

export async function completeTask(call: Call): Promise<Response> {
  const { text } = await readNothing(call.c);
  const repeat = readRepeat(call.c, text, call.clock.now());
  const tasks = await writeCall(call, async (write) =>
    once<readonly EditableTask[]>(write, repeat, {
      run: async () =>
        use.completeTask(write, writerOf(call), await taskIn(write.trx, call), call.c.req.header('if-match')),
      ids: (made) => made.map(({ id }) => id),
      load: (ids) => Promise.all(ids.map(async (id) => taskOf(await taskRow(write.trx, write, id), call.mailbox.name))),
    }),
  );
  if (call.prefer.returnsMinimal) return sendNothing(call);
  const values = JSON.stringify(tasks.map((task) => taskJson(call, task)));
  const context = contextOf({ ...call, pattern: 'tasks' });
  return sendAnswer(call, answerOf(collectionText(context, values)));
}

/** The folder a list is of, checked; undefined for the whole mailbox. */
async function listedFolder(call: Call): Promise<string | undefined> {
  return call.keys.folder === undefined ? undefined : (await folderIn(call.read, call)).id;
}

/** The task of an address, after checking the folder before it (docs/protocol.md#endpoints-of-beta). */
export async function taskIn(db: Db, call: Call): Promise<string> {
  const { task = '', folder } = call.keys;
  if (folder === undefined) return task;
  const { id } = await folderIn(db, call);
  const row = await taskRow(db, call.mailbox, task);
  if (row.folder_id !== id) throw notFound();
  return task;
}

/** What the request asks for, of what the reader may see: guests, tasks of shared folders that are not private. */
function taskQueryOf(call: Call): ListQuery {
  const query = listQueryOf(call, taskQueryFields);
  const { guestId } = call.mailbox;
  return guestId === undefined ? query : { ...query, where: joined([query.where, shownTo(guestId)], 'and') };
}

function tasksIn(call: Call, folderId: string | undefined, { where }: ListQuery) {
  const all = call.read.selectFrom('tasks').where('deleted_at', 'is', null).where(expressionOf(where));
  return folderId === undefined
    ? all.where('account_id', '=', call.mailbox.accountId)
    : all.where('folder_id', '=', folderId);
}

function countIn(call: Call, folderId: string | undefined, query: ListQuery): Promise<{ n: number }> {
  return tasksIn(call, folderId, query)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
}

function writerOf(call: Call): use.Writer {
  return { owner: call.mailbox.name, zone: zoneOf(call).zone, newId: call.newId };
}

export function taskJson(call: Call, task: Task): object {
  const members = call.dialect.task.encode(task, { zone: zoneOf(call).name });
  return addressed(call, 'Tasks', task.id, pick(call, members));
}

const memberNamed = new Map(taskFields.map(({ name, member }) => [name.toLowerCase(), member]));

export function selectedMembers(call: Call): ReadonlySet<keyof Task> | undefined {
  const names = call.options.select;
  if (names === undefined || names.includes('*')) return undefined;
  return new Set(names.map((name) => memberNamed.get(name.toLowerCase()) ?? unknownProperty(name)));
}
