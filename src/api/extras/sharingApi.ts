import * as v from 'valibot';
import type { EmailAddress } from '../../domain/task/outlookItem.ts';
import {
  roles,
  type Authors,
  type Permission,
  type Role,
  type SharedFolder,
  type SharedOut,
} from '../../domain/task/folderSharing.ts';
import type { Place } from '../../domain/task/task.ts';
import { readBody } from '../parseResponse.ts';
import type { Send } from '../transport.ts';

/**
 * Members and roles of a folder, under `/threefold/v1` (docs/architecture.md#sharing). Every method throws ApiError.
 */
export type SharingApi = {
  /** The people one's own folder is shared with. */
  people: (folderId: string) => Promise<readonly Permission[]>;
  /** @throws ApiError `missing` or `refused` when the service knows nobody with this address. */
  invite: (folderId: string, person: Pick<EmailAddress, 'address'>, role: Role) => Promise<Permission>;
  setRole: (folderId: string, permissionId: string, role: Role) => Promise<Permission>;
  remove: (folderId: string, permissionId: string) => Promise<void>;
  /** The folders of others that one has been given. */
  withMe: () => Promise<readonly SharedFolder[]>;
  /** Gives one of them back. */
  leave: (folderId: string) => Promise<void>;
  /** One's own folders that others have been given. */
  byMe: () => Promise<readonly SharedOut[]>;
  authors: (task: Place) => Promise<Authors>;
};

const root = '/threefold/v1';
const part = encodeURIComponent;
const permissions = (folderId: string) => `${root}/taskfolders/${part(folderId)}/permissions`;
const mailboxOf = ({ mailbox }: Place) => (mailbox === 'me' ? root : `${root}/users/${part(mailbox)}`);

const personSchema = v.object({ name: v.string(), address: v.string() });
const roleSchema = v.picklist(roles);
const permissionSchema = v.pipe(
  v.object({ id: v.string(), emailAddress: personSchema, role: roleSchema, isRemovable: v.boolean() }),
  v.transform(({ emailAddress, ...rest }): Permission => ({ ...rest, person: emailAddress })),
);
const peopleSchema = v.object({ value: v.array(permissionSchema) });
const sharedSchema = v.array(
  v.object({ owner: personSchema, folder: v.object({ id: v.string(), name: v.string() }), role: roleSchema }),
);
const outSchema = v.array(v.object({ folderId: v.string(), people: v.number() }));
const authorsSchema = v.pipe(
  v.object({
    createdBy: v.nullable(personSchema),
    lastModifiedBy: v.nullable(personSchema),
    lastModifiedDateTime: v.string(),
  }),
  v.transform(({ createdBy, lastModifiedBy, lastModifiedDateTime }): Authors => ({
    createdBy,
    modifiedBy: lastModifiedBy,
    modifiedAt: lastModifiedDateTime,
  })),
);

export function createSharingApi(send: Send): SharingApi {
  const get = async <S extends v.GenericSchema>(schema: S, path: string) =>
    readBody(schema, (await send({ method: 'GET', path })).json);
  return {
    people: async (folderId) => (await get(peopleSchema, permissions(folderId))).value,
    async invite(folderId, { address }, role) {
      const body = { emailAddress: { address }, role };
      const { json } = await send({ method: 'POST', path: permissions(folderId), body });
      return readBody(permissionSchema, json);
    },
    async setRole(folderId, permissionId, role) {
      const path = `${permissions(folderId)}/${part(permissionId)}`;
      return readBody(permissionSchema, (await send({ method: 'PATCH', path, body: { role } })).json);
    },
    async remove(folderId, permissionId) {
      await send({ method: 'DELETE', path: `${permissions(folderId)}/${part(permissionId)}` });
    },
    withMe: async () => (await get(v.object({ value: sharedSchema }), `${root}/sharedwithme`)).value,
    async leave(folderId) {
      await send({ method: 'DELETE', path: `${root}/sharedwithme/${part(folderId)}` });
    },
    byMe: async () => (await get(v.object({ value: outSchema }), `${root}/sharedbyme`)).value,
    authors: (task) => get(authorsSchema, `${mailboxOf(task)}/tasks/${part(task.id)}/authors`),
  };
}

/** What this device kept of `withMe` and `byMe`; undefined for anything else, as an older version might have left it. */
export const kept = {
  withMe: (text: string | undefined): readonly SharedFolder[] | undefined => parsed(sharedSchema, text),
  byMe: (text: string | undefined): readonly SharedOut[] | undefined => parsed(outSchema, text),
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
