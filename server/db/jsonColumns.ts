import type { Recurrence } from '../../src/domain/task/task.ts';
import { isObject } from '../../src/wire/jsonReader.ts';

/**
 * Reads a column that holds a JSON array of strings.
 * @throws Error for any other content.
 */
export function parseTextList(text: string): string[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'string'))
    throw new Error('A column does not hold a list of texts.');
  return list;
}

/** @throws Error when the column does not hold a recurrence. */
export function parseRecurrence(text: string): Recurrence {
  const json: unknown = JSON.parse(text);
  if (!isRecurrence(json)) throw new Error('A column does not hold a recurrence.');
  return json;
}

/** Rows are written from a checked recurrence: this excludes other JSON, and does not validate the rule again. */
function isRecurrence(json: unknown): json is Recurrence {
  if (!isObject(json)) return false;
  const { pattern, range } = json;
  return (
    isObject(pattern) && typeof pattern['type'] === 'string' && isObject(range) && typeof range['type'] === 'string'
  );
}
