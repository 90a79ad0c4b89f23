import * as v from 'valibot';
import { ApiError } from './apiError.ts';

/**
 * Parses a response by a schema.
 * @throws ApiError `broken` when it does not match.
 */
export function parseResponse<S extends v.GenericSchema>(schema: S, json: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  throw new ApiError('broken', result.issues[0].message);
}
