import * as v from 'valibot';
import { permissionTypes, providerTypes } from '../../src/domain/task/attachment.ts';

/** The JSON of the column `details`, by kind of attachment. */

const fileDetails = v.object({ contentId: v.nullable(v.string()), contentLocation: v.nullable(v.string()) });

const referenceDetails = v.object({
  sourceUrl: v.string(),
  providerType: v.picklist(providerTypes),
  thumbnailUrl: v.nullable(v.string()),
  previewUrl: v.nullable(v.string()),
  permission: v.picklist(permissionTypes),
  isFolder: v.boolean(),
});

/** @throws ValiError when the column holds something else. */
export function parseFileDetails(text: string): v.InferOutput<typeof fileDetails> {
  return v.parse(fileDetails, JSON.parse(text));
}

/** @throws ValiError when the column holds something else. */
export function parseReferenceDetails(text: string): v.InferOutput<typeof referenceDetails> {
  return v.parse(referenceDetails, JSON.parse(text));
}
