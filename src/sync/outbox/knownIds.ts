import { resolveChangeIds } from '../../domain/changes/change.ts';
import type { Op } from '../storage/op.ts';

/** Local ids and the server ids that replaced them. */
export type KnownIds = ReturnType<typeof createKnownIds>;

export function createKnownIds(loaded: ReadonlyMap<string, string>) {
  const ids = new Map(loaded);
  const origins = new Map([...ids].map(([local, server]) => [server, local]));
  return {
    /** Local id → server id. */
    ids: ids as ReadonlyMap<string, string>,
    learn: (pairs: Iterable<readonly [string, string]>) => {
      for (const [local, server] of pairs) {
        ids.set(local, server);
        origins.set(server, local);
      }
    },
    /** The op with the server's ids; the same object when there is nothing to replace. */
    resolved: (op: Op): Op => {
      const change = resolveChangeIds(op.change, ids);
      return change === op.change ? op : { ...op, change };
    },
    resolve: (id: string) => ids.get(id) ?? id,
    originOf: (id: string) => origins.get(id) ?? id,
  };
}
