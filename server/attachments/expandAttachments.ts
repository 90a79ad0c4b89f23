import { preferenceHeaders, jsonContentType, type RequestContext } from '../http/requestContext.ts';
import type { AttachmentRow } from '../db/attachmentTables.ts';
import { attachmentJson, selectedBytes, expandSelectionOf, type AttachmentSelection } from './attachmentJson.ts';
import { attachmentRows } from './attachmentStore.ts';
import { sendStreamedBody, type BodyPieces } from '../http/streamBody.ts';

type Entity = Readonly<Record<string, unknown>>;

/**
 * Sends one task or a collection with attachments (`$expand=Attachments`). Content is streamed, because a page of tasks
 * may have more of it than fits in memory.
 */
export async function sendExpanded(context: RequestContext, answer: Entity): Promise<Response> {
  const shown = expandSelectionOf(context);
  const id = context.dialect.spelling.member('Id');
  const { value, ...envelope } = answer;
  const tasks = (Array.isArray(value) ? value : [answer]) as readonly Entity[];
  const rows = await attachmentRows(
    context.read,
    tasks.map((task) => String(task[id])),
  );
  const byTask = new Map<string, AttachmentRow[]>();
  for (const row of rows) byTask.set(row.task_id, [...(byTask.get(row.task_id) ?? []), row]);
  const taskJson = (task: Entity) => taskText(context, task, byTask.get(String(task[id])) ?? [], shown);
  const pieces = Array.isArray(value) ? listText(envelope, tasks.map(taskJson)) : taskJson(answer);
  // A task takes up to a few kilobytes, and a page has up to a thousand.
  const estimate = selectedBytes(rows, shown) + tasks.length * 1_000;
  return sendStreamedBody(context.c, pieces, {
    status: 200,
    estimate,
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

async function* taskText(
  context: RequestContext,
  task: Entity,
  rows: readonly AttachmentRow[],
  shown: AttachmentSelection,
): BodyPieces {
  yield `${JSON.stringify(task).slice(0, -1)},"${context.dialect.spelling.member('Attachments')}":[`;
  for (const [at, row] of rows.entries()) {
    if (at > 0) yield ',';
    yield* attachmentJson(context, row, shown);
  }
  yield ']}';
}
