import type { LazyChunk } from '../domain/async/lazyChunk.ts';
import { ApiError, failureKindOf } from './apiError.ts';

/**
 * An object whose module is loaded when one of its methods, or of its members' methods, is first called. All of them
 * must return promises; other members are given as `known`. A call whose module cannot be loaded fails as `offline`.
 */
export function lazyModule<T extends object>(chunk: LazyChunk<T>, known: Partial<T> = {}): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a proxy has every member of T, which no type can say
  return membersAt([]) as T;

  function membersAt(path: readonly string[]): unknown {
    const members = new Map<string, unknown>();
    return new Proxy(() => {}, {
      get(_target, name) {
        // `await` on the object reads `then`: it is no promise.
        if (typeof name === 'symbol' || name === 'then') return undefined;
        if (path.length === 0 && name in known) return Reflect.get(known, name) as unknown;
        if (!members.has(name)) members.set(name, membersAt([...path, name]));
        return members.get(name);
      },
      async apply(_target, _self, args: unknown[]) {
        const owner = path.slice(0, -1).reduce<unknown>(memberOf, await getForRequest(chunk));
        const method = memberOf(owner, path.at(-1) ?? '');
        if (typeof method !== 'function') throw new TypeError(`There is no method ${path.join('.')}.`);
        return Reflect.apply(method, owner, args) as unknown;
      },
    });
  }
}

function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}

/**
 * The part that sends a request.
 * @throws ApiError when it cannot be loaded: the request fails as `offline`.
 */
export async function getForRequest<T>(chunk: LazyChunk<T>): Promise<T> {
  try {
    return await chunk.get();
  } catch (cause) {
    throw new ApiError(failureKindOf(cause), 'A part of the app could not be loaded', { cause });
  }
}
