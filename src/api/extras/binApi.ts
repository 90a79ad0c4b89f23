import * as v from 'valibot';
import type { BinItem } from '../../domain/task/binItem.ts';
import { followPages } from '../pageLinks.ts';
import { parseResponse } from '../parseResponse.ts';
import type { Repeatability, SendRequest } from '../transport.ts';

/** The bin, which no dialect has (docs/protocol.md#deletion). Every method throws ApiError. */
export type BinApi = {
  /** All items, newest first. */
  list: (signal?: AbortSignal) => Promise<readonly BinItem[]>;
  /** Restores an item under its id; returns its folder, which is the default one when its own is deleted. */
  restore: (id: string, options?: { repeatability?: Repeatability }) => Promise<RestoredItem>;
  /** Deletes an item permanently. */
  purge: (id: string) => Promise<void>;
  empty: () => Promise<void>;
};

export type RestoredItem = { id: string; kind: 'task' | 'folder'; name: string; folderId: string | null };

const root = '/threefold/v1/deleteditems';
const pageSize = 200;

const kind = v.picklist(['task', 'folder']);
const pageSchema = v.object({
  value: v.array(
    v.object({
      id: v.string(),
      kind,
      name: v.string(),
      folderId: v.nullable(v.string()),
      folderName: v.nullable(v.string()),
      taskCount: v.number(),
      deletedAt: v.string(),
      keptUntil: v.string(),
    }),
  ),
  nextLink: v.optional(v.string()),
});
const restoredSchema = v.object({ id: v.string(), kind, name: v.string(), folderId: v.nullable(v.string()) });

export function createBinApi(send: SendRequest): BinApi {
  return {
    async list(signal) {
      const items: BinItem[] = [];
      await followPages(`${root}?top=${pageSize}`, async (path) => {
        const { json } = await send({ method: 'GET', path, ...(signal === undefined ? {} : { signal }) });
        const page = parseResponse(pageSchema, json);
        items.push(...page.value);
        return page.nextLink;
      });
      return items;
    },
    async restore(id, options) {
      const path = `${root}/${encodeURIComponent(id)}/restore`;
      return parseResponse(restoredSchema, (await send({ method: 'POST', path, ...options })).json);
    },
    async purge(id) {
      await send({ method: 'DELETE', path: `${root}/${encodeURIComponent(id)}` });
    },
    async empty() {
      await send({ method: 'DELETE', path: root });
    },
  };
}
