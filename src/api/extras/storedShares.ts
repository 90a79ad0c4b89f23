import * as v from 'valibot';
import { roles, type FolderShareCount, type SharedFolder } from '../../domain/task/folderSharing.ts';

export const personSchema = v.object({ name: v.string(), address: v.string() });
export const roleSchema = v.picklist(roles);
export const sharedSchema = v.array(
  v.object({ owner: personSchema, folder: v.object({ id: v.string(), name: v.string() }), role: roleSchema }),
);
export const outSchema = v.array(v.object({ folderId: v.string(), people: v.number() }));

/** Stored results of `withMe` and `byMe`; undefined for any other shape, as from an older version. */
export const parseStoredShares = {
  withMe: (text: string | undefined): readonly SharedFolder[] | undefined => parsed(sharedSchema, text),
  byMe: (text: string | undefined): readonly FolderShareCount[] | undefined => parsed(outSchema, text),
} as const;

function parsed<S extends v.GenericSchema>(schema: S, text: string | undefined): v.InferOutput<S> | undefined {
  if (text === undefined) return undefined;
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
