import { folderOfRequest, taskIdOfRequest } from '../http/pathTarget.ts';
import { sql } from 'kysely';
import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type { Task, TaskPatch } from '../../src/domain/task/task.ts';
import { WireError } from '../../src/wire/jsonReader.ts';
import { taskFields } from '../../src/wire/outlook/outlookDialects.ts';
import { cachedResponseOf } from '../http/responseCache.ts';
import { expandedTasks, sendExpanded } from '../attachments/expandAttachments.ts';
import { insertInlineAttachments, extractInlineAttachments } from '../attachments/inlineAttachments.ts';
import {
  withODataId,
  odataContextOf,
  collectionText,
  sendCachedResponse,
  sendList,
  sendStreamedList,
  sendEntity,
  sendNoContent,
  userUrlOf,
  writeForRequest,
  responseTimeZone,
  type RequestContext,
  type StreamedBody,
} from '../http/requestContext.ts';
import { RowsTooLarge } from '../db/statementGuard.ts';
import { isPostgres } from '../db/isPostgres.ts';
import type { TaskRow } from '../db/tables.ts';
import { readJsonBody, readEmptyBody } from '../http/http.ts';
import { streamedPageOf, streamedPageBody, type RowWriter } from '../http/streamedPage.ts';
import { nextLinkOf, selectMembers, sendCount, unknownProperty } from '../http/paging.ts';
import { taskQueryFields } from '../query/queryFields.ts';
import { listQueryOf, type ListQuery } from '../query/listQuery.ts';
import { oldestFirst } from '../query/compileOrder.ts';
import { boundedPage, pageColumns, rowsWithinBound, type PageBound } from '../query/boundedRows.ts';
import { chooseIndex } from '../query/queryPlan.ts';
import { expressionOf, joined } from '../query/sqlText.ts';
import { runOnce, readIdempotencyKey } from '../http/idempotency.ts';
import { visibleToGuest } from '../access/access.ts';
import { taskRow, type MailboxWrite } from '../db/mailboxTransaction.ts';
import { taskOf } from '../mailbox/taskRows.ts';
import { taskPageJson, type TaskJsonPage } from '../feed/taskJson.ts';
import * as use from '../mailbox/tasks.ts';

/** Routes of tasks (docs/protocol.md#task). */

export async function listTasks(context: RequestContext): Promise<Response> {
  const json = (row: TaskRow) => taskJson(context, taskOf(row, context.mailbox.name));
  if (context.options.expand === undefined) return sendList(context, () => tasksPage(context, jsonRows(json)));
  const expanded = expandedTasks(context);
  const writeRows: RowWriter = async (rows) => {
    const write = await expanded(rows.map(({ id }) => id));
    return (row) => write(row.id, json(row));
  };
  const page = await tasksPage(context, writeRows);
  return typeof page === 'string' ? sendExpanded(context, JSON.parse(page)) : sendStreamedList(context, page);
}

function jsonRows(json: (row: TaskRow) => object): RowWriter {
  return async () =>
    async function* (row) {
      yield JSON.stringify(json(row));
    };
}

/** Pages with more rows than this may be too long to hold in memory. */
const maxUnstreamedRows = 100;

async function tasksPage(context: RequestContext, write: RowWriter): Promise<string | StreamedBody> {
  // Also rejects an invalid selection before the status is sent.
  const showsNotes = selectedMembers(context)?.has('body') ?? true;
  if (!showsNotes) return tasksText(context, 'withoutNotes');
  if (context.options.top <= maxUnstreamedRows) {
    try {
      return await tasksText(context, 'bounded');
    } catch (error) {
      if (!(error instanceof RowsTooLarge)) throw error;
    }
  }
  const query = taskQueryOf(context);
  const folderId = await listedFolder(context);
  const page = await streamedPageOf(context, folderId, query);
  if (page === undefined) return tasksText(context);
  const count = context.options.count === true ? (await countIn(context, folderId, query)).n : undefined;
  const shown = { write, count, nextLink: nextLinkOf(context, page.hasMore) };
  return { pieces: streamedPageBody(context, { folderId, query, ids: page.ids }, shown), estimate: page.size };
}

/** @throws RowsTooLarge only if it is bounded. */
async function tasksText(context: RequestContext, bound: PageBound = 'none'): Promise<string> {
  const { count } = context.options;
  const query = taskQueryOf(context);
  const folderId = await listedFolder(context);
  const total = count ? await countIn(context, folderId, query) : undefined;
  const toPage = responseTimeZone(context).name === 'UTC' && !isPostgres(context.read) ? utcPage : codecPage;
  const page = await toPage(context, folderId, query, bound);
  const nextLink = nextLinkOf(context, page.hasMore);
  return collectionText(odataContextOf(context), page.json, {
    count: total === undefined ? undefined : total.n,
    nextLink,
  });
}

/** Without a conversion of dates, SQLite writes the JSON itself. */
async function utcPage(
  context: RequestContext,
  folderId: string | undefined,
  query: ListQuery,
  bound: PageBound,
): Promise<TaskJsonPage> {
  const { accountId, name: owner } = context.mailbox;
  const { dialect } = context;
  const { top, skip } = context.options;
  const select = selectedMembers(context);
  const userUrl = userUrlOf(context);
  const { where, order } = query;
  const route = await chooseIndex(context.read, { accountId, folderId }, query);
  return taskPageJson(context.read, {
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
    isBounded: bound === 'bounded',
  });
}

/**
 * The codec writes dates in the zone of Prefer, so rows become tasks first. PostgreSQL always uses it, because all
 * processes share the database, whose CPU time is scarcer (docs/decisions/0020-postgresql.md).
 */
async function codecPage(
  context: RequestContext,
  folderId: string | undefined,
  query: ListQuery,
  bound: PageBound,
): Promise<TaskJsonPage> {
  const { top, skip } = context.options;
  const { accountId } = context.mailbox;
  const route = await chooseIndex(context.read, { accountId, folderId }, query);
  const inFolder = folderId === undefined ? sql`` : sql`and folder_id = ${folderId}`;
  const order = query.order ?? oldestFirst;
  const page = sql<TaskRow>`
    select ${pageColumns(bound)} from tasks ${sql.raw(route)}
    where account_id = ${accountId} ${inFolder} and deleted_at is null and ${expressionOf(query.where)}
    order by ${sql.raw(order)} limit ${top + 1} offset ${skip}`;
  const found = await (bound === 'bounded' ? boundedPage(context.read, page, order) : page).execute(context.read);
  const rows = rowsWithinBound(found.rows);
  const values = rows.slice(0, top).map((row) => taskJson(context, taskOf(row, context.mailbox.name)));
  return { json: JSON.stringify(values), hasMore: rows.length > top };
}

export async function countTasks(context: RequestContext): Promise<Response> {
  const query = taskQueryOf(context);
  return sendCount(context, await countIn(context, await listedFolder(context), query));
}

export async function getTask(context: RequestContext): Promise<Response> {
  const row = await taskRow(context.read, context.mailbox, await taskIdOfRequest(context.read, context));
  const entity = taskJson(context, taskOf(row, context.mailbox.name));
  if (context.options.expand === undefined) return sendEntity(context, 200, entity);
  return sendExpanded(context, { '@odata.context': `${odataContextOf(context)}/$entity`, ...entity });
}

export async function postTask(context: RequestContext): Promise<Response> {
  const { text, json } = await readJsonBody(context.c);
  const { json: bare, inline } = extractInlineAttachments(context.dialect, json);
  const patch = context.dialect.task.decodePatch(bare);
  checkTaskSelection(context);
  const repeat = readIdempotencyKey(context.c, text, context.clock.now());
  const attach =
    inline.length === 0
      ? undefined
      : (write: MailboxWrite, id: string) => insertInlineAttachments(write, context.newId, id, inline);
  const task = await writeForRequest(context, async (write) => {
    const folder = await folderOfRequest(write.trx, context);
    return runOnce(write, repeat, {
      run: () =>
        use.createTask(write, writerOf(context), folder.id, patch, attach && ((id: string) => attach(write, id))),
      ids: ({ id }) => [id],
      load: async ([id = '']) => taskOf(await taskRow(write.trx, write, id), context.mailbox.name),
    });
  });
  return sendEntity(context, 201, taskJson(context, task));
}

export async function patchTask(context: RequestContext): Promise<Response> {
  const { json } = await readJsonBody(context.c);
  const patch = await decodedPatch(context, json);
  checkTaskSelection(context);
  const task = await writeForRequest(context, async (write) =>
    use.updateTask(
      write,
      writerOf(context),
      await taskIdOfRequest(write.trx, context),
      patch,
      context.c.req.header('if-match'),
    ),
  );
  return sendEntity(context, 200, taskJson(context, task));
}

/** @throws AppError 400 for an unknown member: before a write, because what is stored must not be answered as refused. */
function checkTaskSelection(context: RequestContext): void {
  selectedMembers(context);
}

/** A task of an older version may hold more than a request may set: only what is new is limited. */
async function decodedPatch(context: RequestContext, json: unknown): Promise<TaskPatch> {
  const { task } = context.dialect;
  try {
    return task.decodePatch(json);
  } catch (error) {
    if (!(error instanceof WireError) || error.code !== 'ErrorPropertyValidationFailure') throw error;
    const row = await taskRow(context.read, context.mailbox, await taskIdOfRequest(context.read, context));
    return task.decodePatch(json, taskOf(row, context.mailbox.name));
  }
}

export async function deleteTask(context: RequestContext): Promise<Response> {
  await writeForRequest(context, async (write) =>
    use.deleteTask(write, await taskIdOfRequest(write.trx, context), context.c.req.header('if-match')),
  );
  return sendNoContent(context);
}

export async function completeTask(context: RequestContext): Promise<Response> {
  const { text } = await readEmptyBody(context.c);
  checkTaskSelection(context);
  const repeat = readIdempotencyKey(context.c, text, context.clock.now());
  const tasks = await writeForRequest(context, async (write) =>
    runOnce<readonly EditableTask[]>(write, repeat, {
      run: async () =>
        use.completeTask(
          write,
          writerOf(context),
          await taskIdOfRequest(write.trx, context),
          context.c.req.header('if-match'),
        ),
      ids: (made) => made.map(({ id }) => id),
      load: (ids) =>
        Promise.all(ids.map(async (id) => taskOf(await taskRow(write.trx, write, id), context.mailbox.name))),
    }),
  );
  if (context.prefer.returnsMinimal) return sendNoContent(context);
  const values = JSON.stringify(tasks.map((task) => taskJson(context, task)));
  const contextUrl = odataContextOf({ ...context, pattern: 'tasks' });
  return sendCachedResponse(context, cachedResponseOf(collectionText(contextUrl, values)));
}

/** The folder of a list, checked; undefined for the whole mailbox. */
async function listedFolder(context: RequestContext): Promise<string | undefined> {
  return context.keys.folder === undefined ? undefined : (await folderOfRequest(context.read, context)).id;
}

/**
 * The list query of the request, restricted to visible tasks: for guests, those in shared folders that are not private.
 */
function taskQueryOf(context: RequestContext): ListQuery {
  const query = listQueryOf(context, taskQueryFields);
  const { guestId } = context.mailbox;
  return guestId === undefined ? query : { ...query, where: joined([query.where, visibleToGuest(guestId)], 'and') };
}

function tasksIn(context: RequestContext, folderId: string | undefined, { where }: ListQuery) {
  const all = context.read.selectFrom('tasks').where('deleted_at', 'is', null).where(expressionOf(where));
  return folderId === undefined
    ? all.where('account_id', '=', context.mailbox.accountId)
    : all.where('folder_id', '=', folderId);
}

function countIn(context: RequestContext, folderId: string | undefined, query: ListQuery): Promise<{ n: number }> {
  return tasksIn(context, folderId, query)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
}

function writerOf(context: RequestContext): use.WriteSettings {
  return { owner: context.mailbox.name, zone: responseTimeZone(context).zone, newId: context.newId };
}

export function taskJson(context: RequestContext, task: Task): object {
  const members = context.dialect.task.encode(task, { zone: responseTimeZone(context).name });
  return withODataId(context, 'Tasks', task.id, selectMembers(context, members));
}

const memberNamed = new Map(taskFields.map(({ name, member }) => [name.toLowerCase(), member]));

export function selectedMembers(context: RequestContext): ReadonlySet<keyof Task> | undefined {
  const names = context.options.select;
  if (names === undefined || names.includes('*')) return undefined;
  return new Set(names.map((name) => memberNamed.get(name.toLowerCase()) ?? unknownProperty(name)));
}
