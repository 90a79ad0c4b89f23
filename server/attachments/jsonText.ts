import { malformedBody } from '../config/appError.ts';

/** @throws AppError 400 when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedBody('The request body is not valid JSON.');
  }
}
