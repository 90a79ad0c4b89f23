/** For tests: the value, which must exist. @throws Error when it is undefined. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Expected a value');
  return value;
}
