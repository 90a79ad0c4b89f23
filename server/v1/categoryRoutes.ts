import { isCategoryColour, maxCategoryName, plainColour } from '../../src/domain/task/category.ts';
import { isObject } from '../../src/wire/jsonReader.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import type { Stores } from '../http/requestContext.ts';
import {
  categoriesOf,
  createCategory,
  deleteCategory,
  updateCategory,
  type CategoryJson,
} from '../mailbox/categories.ts';
import { invalidRequest, notFound, unreadableBody } from '../config/appError.ts';
import type { Extras } from '../http/v1Handler.ts';
import { readJson, reply, replyJson, type Ctx } from '../http/http.ts';
import { once, readRepeat } from '../http/idempotency.ts';
import { writeMailbox, type Write } from '../db/mailboxTransaction.ts';

/**
 * The account's categories and their colours, named as in Graph's outlookCategory
 * (docs/decisions/0033-notes-checklists-categories.md).
 */
export const categoryRoutes: Extras = {
  categories: { GET: getCategories, POST: postCategory },
  'categories/*': { PATCH: patchCategory, DELETE: deleteOne },
};

async function getCategories(c: Ctx, { read }: Stores, { accountId }: Principal): Promise<Response> {
  return replyJson(c, { value: await categoriesOf(read, { accountId }) });
}

/** `{ "displayName": "Kitchen", "color": "preset7" }`; without a colour it is Gray. */
async function postCategory(c: Ctx, { db, clock }: Stores, { accountId }: Principal): Promise<Response> {
  const { text, json } = await readJson(c);
  const { name, color = plainColour } = readPatch(json);
  if (name === undefined) throw unreadableBody('A category needs a displayName.');
  const at = clock.now();
  const repeat = readRepeat(c, text, at);
  const made = await writeMailbox(db, { accountId }, at, (write) =>
    once(write, repeat, {
      run: () => createCategory(write, name, color),
      ids: ({ id }) => [id],
      load: ([id]) => loaded(write, id),
    }),
  );
  return reply(c, JSON.stringify(made), 201, { 'Content-Type': 'application/json; charset=utf-8' });
}

async function loaded(write: Write, id: string | undefined): Promise<CategoryJson> {
  const category = (await categoriesOf(write.trx, write)).find((one) => one.id === id);
  if (category === undefined) throw notFound();
  return category;
}

async function patchCategory(c: Ctx, { db, clock }: Stores, { accountId }: Principal, id: string): Promise<Response> {
  const patch = readPatch((await readJson(c)).json);
  return replyJson(c, await writeMailbox(db, { accountId }, clock.now(), (write) => updateCategory(write, id, patch)));
}

async function deleteOne(c: Ctx, { db, clock }: Stores, { accountId }: Principal, id: string): Promise<Response> {
  await writeMailbox(db, { accountId }, clock.now(), (write) => deleteCategory(write, id));
  return reply(c, null, 204);
}

/** @throws AppError 400 */
function readPatch(json: unknown): { name?: string; color?: string } {
  if (!isObject(json)) throw unreadableBody('A category is an object.');
  const { displayName, color } = json;
  const isNameRight = displayName === undefined || typeof displayName === 'string';
  const isColourRight = color === undefined || isCategoryColour(color);
  if (!isNameRight || !isColourRight) throw unreadableBody('displayName is text, color is preset0 to preset24.');
  const name = displayName?.trim();
  if (name !== undefined && (name === '' || name.length > maxCategoryName)) {
    throw invalidRequest(`The name of a category has 1 to ${maxCategoryName} characters.`);
  }
  return { ...(name !== undefined && { name }), ...(color !== undefined && { color }) };
}
