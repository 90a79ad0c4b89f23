import { preferenceHeaders, jsonContentType, type RequestContext } from '../http/requestContext.ts';
import { attachmentJson, selectedBytes, expandSelectionOf, type AttachmentSelection } from './attachmentJson.ts';
import { attachmentSums, eachAttachment } from './attachmentStore.ts';
import { sendStreamedBody, type BodyPieces } from '../http/streamBody.ts';

type Entity = Readonly<Record<string, unknown>>;

/**
 * Writes tasks with their attachments, some tasks at a time.
 * @throws AppError 400 for an expansion that this service does not have.
 */
export function expandedTasks(
  context: RequestContext,
): (ids: readonly string[]) => Promise<(id: string, task: object) => BodyPieces> {
  const shown = expandSelectionOf(context);
  return async (ids) => {
    const withAny = new Set((await attachmentSums(context.read, ids)).map(({ task_id }) => task_id));
    return (id, task) => taskText(context, task, withAny.has(id) ? id : undefined, shown);
  };
}

/**
 * Sends one task or a collection with attachments (`$expand=Attachments`). Content is streamed, because a page of tasks
 * may have more of it than fits in memory.
 */
export async function sendExpanded(context: RequestContext, answer: Entity): Promise<Response> {
  const shown = expandSelectionOf(context);
  const id = context.dialect.spelling.member('Id');
  const { value, ...envelope } = answer;
  const tasks = (Array.isArray(value) ? value : [answer]) as readonly Entity[];
  const sums = await attachmentSums(
    context.read,
    tasks.map((task) => String(task[id])),
  );
  const withAny = new Set(sums.map(({ task_id }) => task_id));
  const textOf = (task: Entity) => {
    const taskId = String(task[id]);
    return taskText(context, task, withAny.has(taskId) ? taskId : undefined, shown);
  };
  const pieces = Array.isArray(value) ? listText(envelope, tasks.map(textOf)) : textOf(answer);
  // A task takes up to a few kilobytes, an attachment without its bytes about one, and a page has up to a thousand.
  const rows = tasks.length + sums.reduce((sum, { count }) => sum + count, 0);
  return sendStreamedBody(context.c, pieces, {
    status: 200,
    estimate: selectedBytes(sums, shown) + rows * 1_000,
    headers: { ...jsonContentType, ...preferenceHeaders(context, false) },
  });
}

async function* listText(envelope: Entity, tasks: readonly BodyPieces[]): BodyPieces {
  const { '@odata.nextLink': nextLink, ...start } = envelope;
  yield `${JSON.stringify(start).slice(0, -1)},"value":[`;
  for (const [at, task] of tasks.entries()) {
    if (at > 0) yield ',';
    yield* task;
  }
  yield nextLink === undefined ? ']}' : `],"@odata.nextLink":${JSON.stringify(nextLink)}}`;
}

/** @param taskId of a task that has attachments. */
async function* taskText(
  context: RequestContext,
  task: object,
  taskId: string | undefined,
  shown: AttachmentSelection,
): BodyPieces {
  yield `${JSON.stringify(task).slice(0, -1)},"${context.dialect.spelling.member('Attachments')}":[`;
  let isFirst = true;
  for await (const row of taskId === undefined ? [] : eachAttachment(context.read, taskId)) {
    if (!isFirst) yield ',';
    isFirst = false;
    yield* attachmentJson(context, row, shown);
  }
  yield ']}';
}
