/**
 * Records on this device may come from another version of the app, or be damaged. An unreadable one is skipped alone; a
 * readable one keeps members that a newer version has added.
 */

/** The value when it is readable; undefined, and reported, when it is not. */
export function readableOr<T>(
  store: string,
  value: unknown,
  isReadable: (value: unknown) => value is T,
): T | undefined {
  if (value === undefined || isReadable(value)) return value;
  reportUnreadable(store, 1);
  return undefined;
}

/** The readable ones; the others are reported. */
export function readableOf<T>(
  store: string,
  values: readonly unknown[],
  isReadable: (value: unknown) => value is T,
): readonly T[] {
  const readable = values.filter(isReadable);
  if (readable.length < values.length) reportUnreadable(store, values.length - readable.length);
  return readable;
}

/** The readable ones of several, and how many are not. */
export type ReadablePart<T> = { items: readonly T[]; unreadable: number };

/** JSON as a list of readable items; undefined, and reported, for text that is no list. */
export function readableJson<T>(
  store: string,
  json: string,
  isReadable: (value: unknown) => value is T,
): ReadablePart<T> | undefined {
  const list = readableOr(store, jsonOf(json) ?? null, Array.isArray);
  if (list === undefined) return undefined;
  const items = readableOf(store, list, isReadable);
  return { items, unreadable: list.length - items.length };
}

/** Undefined for text that is no JSON. */
export function jsonOf(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

/** Reports to the page's or worker's error log: unreadable records stay on disk for a version that can read them. */
export function reportUnreadable(store: string, count: number): void {
  const error = new Error(`${count} stored in '${store}' cannot be read by this version of the app`);
  if ('reportError' in globalThis) globalThis.reportError(error);
}
