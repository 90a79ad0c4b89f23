import * as v from 'valibot';
import type { EmailAddress } from '../../domain/task/outlookItem.ts';
import {
  type TaskAuthors,
  type FolderPermission,
  type Role,
  type SharedFolder,
  type FolderShareCount,
} from '../../domain/task/folderSharing.ts';
import type { Place } from '../../domain/task/task.ts';
import { parseResponse } from '../parseResponse.ts';
import type { SendRequest } from '../transport.ts';
import { outSchema, personSchema, roleSchema, sharedSchema } from './storedShares.ts';

/**
 * Members and roles of a folder, under `/threefold/v1` (docs/architecture.md#sharing). Every method throws ApiError.
 */
export type SharingApi = {
  /** The people with whom an own folder is shared. */
  people: (folderId: string) => Promise<readonly FolderPermission[]>;
  /** @throws ApiError `missing` or `refused` when the address has no account on the service. */
  invite: (folderId: string, person: Pick<EmailAddress, 'address'>, role: Role) => Promise<FolderPermission>;
  setRole: (folderId: string, permissionId: string, role: Role) => Promise<FolderPermission>;
  remove: (folderId: string, permissionId: string) => Promise<void>;
  /** The folders that others share with the user. */
  withMe: () => Promise<readonly SharedFolder[]>;
  /** Leaves a shared folder. */
  leave: (folderId: string) => Promise<void>;
  /** The own folders that are shared. */
  byMe: () => Promise<readonly FolderShareCount[]>;
  authors: (task: Place) => Promise<TaskAuthors>;
};

const root = '/threefold/v1';
const part = encodeURIComponent;
const permissions = (folderId: string) => `${root}/taskfolders/${part(folderId)}/permissions`;
const mailboxOf = ({ mailbox }: Place) => (mailbox === 'me' ? root : `${root}/users/${part(mailbox)}`);

const permissionSchema = v.pipe(
  v.object({ id: v.string(), emailAddress: personSchema, role: roleSchema, isRemovable: v.boolean() }),
  v.transform(({ emailAddress, ...rest }): FolderPermission => ({ ...rest, person: emailAddress })),
);
const peopleSchema = v.object({ value: v.array(permissionSchema) });
const authorsSchema = v.pipe(
  v.object({
    createdBy: v.nullable(personSchema),
    lastModifiedBy: v.nullable(personSchema),
    lastModifiedDateTime: v.string(),
  }),
  v.transform(({ createdBy, lastModifiedBy, lastModifiedDateTime }): TaskAuthors => ({
    createdBy,
    modifiedBy: lastModifiedBy,
    modifiedAt: lastModifiedDateTime,
  })),
);

export function createSharingApi(send: SendRequest): SharingApi {
  const get = async <S extends v.GenericSchema>(schema: S, path: string) =>
    parseResponse(schema, (await send({ method: 'GET', path })).json);
  return {
    people: async (folderId) => (await get(peopleSchema, permissions(folderId))).value,
    async invite(folderId, { address }, role) {
      const body = { emailAddress: { address }, role };
      const { json } = await send({ method: 'POST', path: permissions(folderId), body });
      return parseResponse(permissionSchema, json);
    },
    async setRole(folderId, permissionId, role) {
      const path = `${permissions(folderId)}/${part(permissionId)}`;
      return parseResponse(permissionSchema, (await send({ method: 'PATCH', path, body: { role } })).json);
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
