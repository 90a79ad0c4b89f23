import { isCategoryColour, defaultCategoryColour } from '../../src/domain/task/category.ts';
import { isObject } from '../../src/wire/jsonReader.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import type { ServiceContext } from '../http/requestContext.ts';
import {
  categoriesOf,
  categoryWithId,
  createCategory,
  deleteCategory,
  readCategoryName,
  updateCategory,
} from '../mailbox/categories.ts';
import { malformedBody } from '../config/appError.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { readJsonBody, reply, replyJson, type HonoContext } from '../http/http.ts';
import { runOnce, readIdempotencyKey } from '../http/idempotency.ts';
import { writeMailbox } from '../db/mailboxTransaction.ts';

/**
 * The account's categories and their colours, named as in Graph's outlookCategory
 * (docs/decisions/0033-notes-checklists-categories.md).
 */
export const categoryRoutes: V1Routes = {
  categories: { GET: getCategories, POST: postCategory },
  'categories/*': { PATCH: patchCategory, DELETE: deleteOne },
};

async function getCategories(c: HonoContext, { read }: ServiceContext, { accountId }: Principal): Promise<Response> {
  return replyJson(c, { value: await categoriesOf(read, { accountId }) });
}

/** `{ "displayName": "Kitchen", "color": "preset7" }`; Gray without a colour. */
async function postCategory(
  c: HonoContext,
  { db, clock }: ServiceContext,
  { accountId }: Principal,
): Promise<Response> {
  const { text, json } = await readJsonBody(c);
  const { name, color = defaultCategoryColour } = readPatch(json);
  if (name === undefined) throw malformedBody('A category needs a displayName.');
  const at = clock.now();
  const repeat = readIdempotencyKey(c, text, at);
  const made = await writeMailbox(db, { accountId }, at, (write) =>
    runOnce(write, repeat, {
      run: () => createCategory(write, name, color),
      ids: ({ id }) => [id],
      load: ([id]) => categoryWithId(write.trx, write, id),
    }),
  );
  return reply(c, JSON.stringify(made), 201, { 'Content-Type': 'application/json; charset=utf-8' });
}

async function patchCategory(
  c: HonoContext,
  { db, clock }: ServiceContext,
  { accountId }: Principal,
  id: string,
): Promise<Response> {
  const patch = readPatch((await readJsonBody(c)).json);
  return replyJson(
    c,
    await writeMailbox(db, { accountId }, clock.now(), (write) =>
      updateCategory(write, id, patch, c.req.header('if-match')),
    ),
  );
}

async function deleteOne(
  c: HonoContext,
  { db, clock }: ServiceContext,
  { accountId }: Principal,
  id: string,
): Promise<Response> {
  await writeMailbox(db, { accountId }, clock.now(), (write) => deleteCategory(write, id, c.req.header('if-match')));
  return reply(c, null, 204);
}

/** @throws AppError 400 for an invalid name or colour. */
function readPatch(json: unknown): { name?: string; color?: string } {
  if (!isObject(json)) throw malformedBody('A category is an object.');
  const { displayName, color } = json;
  const isNameRight = displayName === undefined || typeof displayName === 'string';
  const isColourRight = color === undefined || isCategoryColour(color);
  if (!isNameRight || !isColourRight) throw malformedBody('displayName is text, color is preset0 to preset24.');
  return {
    ...(displayName !== undefined && { name: readCategoryName(displayName) }),
    ...(color !== undefined && { color }),
  };
}
