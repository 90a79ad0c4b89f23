import * as v from 'valibot';
import { ApiError } from './apiError.ts';

/** An answer as the schema has it. @throws ApiError `broken` for any other. */
export function parseResponse<S extends v.GenericSchema>(schema: S, json: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  throw new ApiError('broken', result.issues[0].message);
}
