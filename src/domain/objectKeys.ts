/** The keys of an object literal, typed by its declaration. Only for objects that hold exactly what their type declares. */
export function keysOf<T extends object>(object: T): (keyof T & string)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys returns string[]: an object may have more keys than its type
  return Object.keys(object) as (keyof T & string)[];
}

/** An object with one value for each of the given keys. */
export function recordOf<K extends PropertyKey, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries loses the type of its keys
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
