import { parseTextList } from '../db/jsonColumns.ts';
import { createHash, randomUUID } from 'node:crypto';
import { limits } from '../../src/domain/limits.ts';
import { isCategoryColour, replaceCategoryName } from '../../src/domain/task/category.ts';
import type { CategoryRow } from '../db/tables.ts';
import { categoryExists, invalidRequest, notFound } from '../config/appError.ts';
import { foldText } from '../../src/domain/text/foldText.ts';
import { always, expressionOf } from '../query/sqlText.ts';
import { visibleToGuest } from '../access/access.ts';
import { checkIfMatchTag, writerIdOf, type MailboxRef, type MailboxWrite } from '../db/mailboxTransaction.ts';
import { type Db } from '../db/tables.ts';

/** In Graph's spelling (outlookCategory). */
export type CategoryJson = { id: string; displayName: string; color: string };

/** Outlook's colours of categories, preset0 to preset24. */
const presets = 25;

/**
 * The categories of a mailbox: those created or coloured, and other names that tasks use. The id and colour of such a
 * name derive from the name, so they are the same on every device. Letter case is ignored. A guest gets the names of
 * visible tasks.
 */
export async function categoriesOf(read: Db, mailbox: MailboxRef): Promise<readonly CategoryJson[]> {
  const { accountId, guestId } = mailbox;
  const stored = await read.selectFrom('categories').selectAll().where('account_id', '=', accountId).execute();
  const storedByKey = new Map(stored.map((row) => [row.name_key, row]));
  const names = await usedNames(read, mailbox);
  const keys = guestId === undefined ? new Set([...storedByKey.keys(), ...names.keys()]) : new Set(names.keys());
  return [...keys]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((key) => jsonOf(storedByKey.get(key) ?? derivedCategory(accountId, key, names.get(key) ?? key)));
}

/** @throws AppError 404. */
export async function categoryWithId(read: Db, mailbox: MailboxRef, id: string | undefined): Promise<CategoryJson> {
  const category = (await categoriesOf(read, mailbox)).find((one) => one.id === id?.toLowerCase());
  if (category === undefined) throw notFound();
  return category;
}

/**
 * The name in a request, without spaces around it.
 * @throws AppError 400 when it is empty or too long.
 */
export function readCategoryName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > limits.categoryName) {
    throw invalidRequest(`The name of a category has 1 to ${limits.categoryName} characters.`);
  }
  return name;
}

/**
 * Creates a category, or stores a colour for a name that tasks already use.
 * @throws AppError 409 when it was created before.
 */
export async function createCategory(write: MailboxWrite, name: string, color: string): Promise<CategoryJson> {
  const { trx, accountId } = write;
  const key = foldText(name);
  const fresh = { ...derivedCategory(accountId, key, name), color };
  if ((await findByName(trx, accountId, key)) !== undefined) throw categoryExists();
  // The derived id may belong to a category that was renamed since.
  const isTaken = (await findById(trx, accountId, fresh.id)) !== undefined;
  const row = isTaken ? { ...fresh, id: randomUUID() } : fresh;
  await trx.insertInto('categories').values(row).execute();
  return jsonOf(row);
}

/**
 * Renames a category in every task of the mailbox, deleted ones included, in one position of the feed.
 * @throws AppError 404, 409 when another category has the name, 412 when If-Match names another state.
 */
export async function updateCategory(
  write: MailboxWrite,
  id: string,
  patch: { name?: string; color?: string },
  ifMatch: string | undefined,
): Promise<CategoryJson> {
  const { trx, accountId } = write;
  const { row, names } = await categoryRow(write, id, ifMatch);
  const name = patch.name ?? row.name;
  const key = foldText(name);
  const isOther = key !== row.name_key;
  if (isOther && (names.has(key) || (await findByName(trx, accountId, key)) !== undefined)) throw categoryExists();
  const next = { ...row, name, name_key: key, color: patch.color ?? row.color };
  const { name_key, color } = next;
  await trx
    .insertInto('categories')
    .values(next)
    .onConflict((oc) => oc.column('id').doUpdateSet({ name, name_key, color }))
    .execute();
  if (patch.name !== undefined) await replaceInTasks(write, row.name, name);
  return jsonOf(next);
}

/** @throws AppError 404 when it does not exist, 412 when If-Match names another state. */
export async function deleteCategory(write: MailboxWrite, id: string, ifMatch: string | undefined): Promise<void> {
  const { row } = await categoryRow(write, id, ifMatch);
  await write.trx.deleteFrom('categories').where('id', '=', row.id).execute();
  await replaceInTasks(write, row.name, null);
}

/** The ETag of a category's state, in any dialect. */
export function categoryTag({ id, displayName, color }: CategoryJson): string {
  return `W/"${createHash('sha256')
    .update(JSON.stringify([id, displayName, color]))
    .digest('base64url')}"`;
}

type FoundCategory = { row: CategoryRow; names: ReadonlyMap<string, string> };

async function categoryRow(write: MailboxWrite, id: string, ifMatch: string | undefined): Promise<FoundCategory> {
  const found = await findCategory(write, id.toLowerCase());
  checkIfMatchTag(ifMatch, categoryTag(jsonOf(found.row)));
  return found;
}

/** A category by id: a stored one, or a name that only tasks use. */
async function findCategory(write: MailboxWrite, id: string): Promise<FoundCategory> {
  const { trx, accountId } = write;
  const names = await usedNames(trx, write);
  const stored = await findById(trx, accountId, id);
  if (stored !== undefined) return { row: stored, names };
  for (const [key, name] of names) {
    const row = derivedCategory(accountId, key, name);
    if (row.id === id && (await findByName(trx, accountId, key)) === undefined) return { row, names };
  }
  throw notFound();
}

function findById(db: Db, accountId: string, id: string): Promise<CategoryRow | undefined> {
  const own = db.selectFrom('categories').selectAll().where('account_id', '=', accountId);
  return own.where('id', '=', id).executeTakeFirst();
}

function findByName(db: Db, accountId: string, key: string): Promise<CategoryRow | undefined> {
  const own = db.selectFrom('categories').selectAll().where('account_id', '=', accountId);
  return own.where('name_key', '=', key).executeTakeFirst();
}

/** The names used by tasks, by their folded form. */
async function usedNames(read: Db, { accountId, guestId }: MailboxRef): Promise<ReadonlyMap<string, string>> {
  const lists = await read
    .selectFrom('tasks')
    .select('categories')
    .distinct()
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .where(expressionOf(guestId === undefined ? always : visibleToGuest(guestId)))
    .execute();
  const names = new Map<string, string>();
  for (const { categories } of lists) {
    for (const name of parseTextList(categories)) {
      const key = foldText(name);
      const usedName = names.get(key);
      if (usedName === undefined || name < usedName) names.set(key, name);
    }
  }
  return names;
}

/** One statement per distinct list of names, however many tasks have that list. */
async function replaceInTasks(write: MailboxWrite, name: string, by: string | null): Promise<void> {
  const { trx, accountId, seq, at } = write;
  const lists = await trx
    .selectFrom('tasks')
    .select('categories')
    .distinct()
    .where('account_id', '=', accountId)
    .where('categories', '<>', '[]')
    .execute();
  for (const { categories } of lists) {
    const before = parseTextList(categories);
    const after = replaceCategoryName(before, name, by);
    if (after === before || JSON.stringify(after) === categories) continue;
    const columns = { categories: JSON.stringify(after), category_keys: JSON.stringify(after.map(foldText)) };
    const affected = trx.updateTable('tasks').where('account_id', '=', accountId).where('categories', '=', categories);
    const touched = { ...columns, seq, modified_at: at, modified_by: writerIdOf(write) };
    await affected.set(touched).where('deleted_at', 'is', null).execute();
    // Deleted tasks are in no feed; a restore returns them with the new name.
    await affected.set(columns).where('deleted_at', 'is not', null).execute();
  }
}

function derivedCategory(accountId: string, key: string, name: string): CategoryRow {
  const id = guidOf(createHash('sha256').update(`${accountId}\n${key}`).digest());
  const colour = createHash('sha256').update(key).digest().readUInt32BE(0) % presets;
  return { id, account_id: accountId, name, name_key: key, color: `preset${colour}` };
}

function jsonOf({ id, name, color }: CategoryRow): CategoryJson {
  return { id, displayName: name, color: isCategoryColour(color) ? color : 'preset12' };
}

/** A GUID derived from a hash (RFC 9562, version 8). */
function guidOf(hash: Buffer): string {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
