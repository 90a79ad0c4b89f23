import * as v from 'valibot';
import { categoryColours, defaultCategoryColour } from '../../domain/task/category.ts';
import type { Category, CategoryColour } from '../../domain/task/category.ts';
import { parseResponse } from '../parseResponse.ts';
import type { Repeatability, SendRequest } from '../transport.ts';

/**
 * The account's categories, which no dialect can change (docs/decisions/0033-notes-checklists-categories.md). Every
 * method throws ApiError.
 */
export type CategoryApi = {
  list: () => Promise<readonly Category[]>;
  create: (
    category: { name: string; colour: CategoryColour },
    options?: { repeatability?: Repeatability },
  ) => Promise<Category>;
  /** A new name is also set in every task of the mailbox. */
  update: (id: string, patch: { name?: string; colour?: CategoryColour }) => Promise<Category>;
  /** Also removes the category from every task. */
  remove: (id: string) => Promise<void>;
};

const root = '/threefold/v1/categories';
// A colour that this version does not know must not hide the category.
const categorySchema = v.object({
  id: v.string(),
  displayName: v.string(),
  color: v.fallback(v.picklist(categoryColours), defaultCategoryColour),
});
const listSchema = v.object({ value: v.array(categorySchema) });

const categoryOf = ({ id, displayName, color }: v.InferOutput<typeof categorySchema>): Category => ({
  id,
  name: displayName,
  colour: color,
});
const bodyOf = ({ name, colour }: { name?: string; colour?: CategoryColour }) => ({
  ...(name === undefined ? {} : { displayName: name }),
  ...(colour === undefined ? {} : { color: colour }),
});

export function createCategoryApi(send: SendRequest): CategoryApi {
  return {
    async list() {
      return parseResponse(listSchema, (await send({ method: 'GET', path: root })).json).value.map(categoryOf);
    },
    async create(category, options) {
      const { json } = await send({ method: 'POST', path: root, body: bodyOf(category), ...options });
      return categoryOf(parseResponse(categorySchema, json));
    },
    async update(id, patch) {
      const path = `${root}/${encodeURIComponent(id)}`;
      return categoryOf(
        parseResponse(categorySchema, (await send({ method: 'PATCH', path, body: bodyOf(patch) })).json),
      );
    },
    async remove(id) {
      await send({ method: 'DELETE', path: `${root}/${encodeURIComponent(id)}` });
    },
  };
}
