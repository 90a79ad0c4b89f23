import type { Json } from '../dialect.ts';
import { readPage } from './odata.ts';
import { isObject, WireError } from '../jsonReader.ts';

/** One entry of a delta page: the current entity, or the id of one that left the collection (docs/protocol.md#sync). */
export type DeltaEntry<T> = { kind: 'changed'; value: T } | { kind: 'gone'; id: string };

/** Entries in order: of two with one id the last counts. Links as in any page. */
export type DeltaPage<T> = { entries: readonly DeltaEntry<T>[]; nextLink?: string; deltaLink?: string };

/** Reads a page of a delta query. @throws WireError for JSON that is no such page. */
export function readDeltaPage<T>(json: unknown, decode: (entity: unknown) => T): DeltaPage<T> {
  const { value, nextLink, deltaLink } = readPage(json);
  return {
    entries: value.map((member) => readEntry(member, decode)),
    ...(nextLink !== undefined && { nextLink }),
    ...(deltaLink !== undefined && { deltaLink }),
  };
}

/** A deletion has a reason, or Graph's `@removed`, or no `Id`, depending on the service (docs/protocol.md#sync). */
function readEntry<T>(member: unknown, decode: (entity: unknown) => T): DeltaEntry<T> {
  if (!isObject(member)) throw new WireError('RequestBodyRead', 'A member of a sync page must be an object.', 'value');
  const { id } = member;
  const isGone = 'reason' in member || '@removed' in member || (!('Id' in member) && isWrapped(id));
  if (!isGone) return { kind: 'changed', value: decode(member) };
  const named = id ?? member['Id'];
  if (typeof named !== 'string') throw new WireError('RequestBodyRead', 'A deleted entry must have an id.', 'value');
  return { kind: 'gone', id: unwrapped(named) };
}

const wrapped = /^\w+\('((?:[^']|'')*)'\)$/;

function isWrapped(id: unknown): boolean {
  return typeof id === 'string' && wrapped.test(id);
}

/** The id inside `Tasks('AAMk…AAA=')`; any other text is the id itself. */
function unwrapped(id: string): string {
  return wrapped.exec(id)?.[1]?.replaceAll("''", "'") ?? id;
}

/**
 * The entry of an entity that was deleted, purged or moved elsewhere; readers of one collection cannot tell which.
 * @param context of the collection, `…/$metadata#me/TaskFolders('…')/Tasks`.
 * @param set name of the entity set, `Tasks`.
 */
export function deletedEntry(context: string, set: 'Tasks' | 'TaskFolders', id: string): { [name: string]: Json } {
  return {
    '@odata.context': `${context}/$deletedEntity`,
    id: `${set}('${id.replaceAll("'", "''")}')`,
    reason: 'deleted',
  };
}
