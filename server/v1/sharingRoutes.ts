import { roles, type Role } from '../../src/domain/task/folderSharing.ts';
import { isObject } from '../../src/wire/jsonReader.ts';
import type { Principal } from '../identity/bearerAuth.ts';
import type { ServiceContext } from '../http/requestContext.ts';
import { AppError, invalidRequest, malformedId, notFound, malformedBody, tooManyRequests } from '../config/appError.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { readJsonBody, reply, replyJson, type HonoContext } from '../http/http.ts';
import { findAccount, type Account } from '../identity/accounts.ts';
import { createSignInThrottle } from '../identity/signInThrottle.ts';
import { isIdText } from '../config/ids.ts';
import { folderRow, writeMailbox, type MailboxRef } from '../db/mailboxTransaction.ts';
import { type Db } from '../db/tables.ts';
import { requireOwner } from '../access/access.ts';
import { requireScope } from '../access/openMailbox.ts';
import {
  grantPermission,
  permissionOf,
  permissionsOf,
  setRole,
  foldersSharedBy,
  foldersSharedWith,
  revokePermission,
  type Permission,
} from '../access/permissions.ts';

/** Members and roles of a folder, shaped like Graph's calendarPermission (docs/decisions/0024-sharing.md). */
export const permissionRoutes: V1Routes = {
  'taskfolders/*/permissions': { GET: listPermissions, POST: postPermission },
  'taskfolders/*/permissions/*': { PATCH: patchPermission, DELETE: deletePermission },
};

export const sharingRoutes: V1Routes = {
  ...permissionRoutes,
  sharedwithme: { GET: listSharedWithMe },
  'sharedwithme/*': { DELETE: leaveFolder },
  sharedbyme: { GET: listSharedByMe },
};

type Place = { mailbox: MailboxRef; key: string };

function permissionJson({ id, name, address, role }: Permission) {
  return {
    id,
    emailAddress: { name, address },
    role,
    allowedRoles: roles,
    isRemovable: true,
    // Guests need an account on this service.
    isInsideOrganization: true,
  };
}

async function listPermissions(
  c: HonoContext,
  { read }: ServiceContext,
  _: Principal,
  id: string,
  { mailbox }: Place,
): Promise<Response> {
  const folderId = await ownFolder(read, mailbox, id);
  return replyJson(c, { value: (await permissionsOf(read, folderId)).map(permissionJson) });
}

/** `{ "emailAddress": { "address" }, "role" }`: 201, or 200 when they had a role before, which is replaced. */
async function postPermission(
  c: HonoContext,
  stores: ServiceContext,
  principal: Principal,
  id: string,
  { mailbox }: Place,
): Promise<Response> {
  const { db, read, clock, newId, events } = stores;
  const folderId = await ownFolder(read, mailbox, id);
  const invitation = readInvitation((await readJsonBody(c)).json);
  const guest = await findGuest(stores, principal, invitation.address);
  const { permission, isNew } = await writeMailbox(db, mailbox, clock.now(), async (write) => {
    await ownFolder(write.trx, write, id);
    const granted = await grantPermission(write, folderId, { guestId: guest.id, role: invitation.role }, newId);
    return { permission: await permissionOf(write.trx, folderId, granted.id), isNew: granted.isNew };
  });
  events.notify(guest.id);
  const text = JSON.stringify(permissionJson(permission));
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  const location = `${c.get('origin')}/threefold/v1/taskfolders/${folderId}/permissions/${permission.id}`;
  return isNew ? reply(c, text, 201, { ...headers, Location: location }) : reply(c, text, 200, headers);
}

/** `{ "role" }`. */
async function patchPermission(
  c: HonoContext,
  { db, read, clock, events }: ServiceContext,
  _: Principal,
  id: string,
  { mailbox, key }: Place,
): Promise<Response> {
  await ownFolder(read, mailbox, id);
  const { json } = await readJsonBody(c);
  const role = readRole(isObject(json) ? json['role'] : undefined);
  const permission = await writeMailbox(db, mailbox, clock.now(), async (write) => {
    const folderId = await ownFolder(write.trx, write, id);
    const permission = await permissionOf(write.trx, folderId, key);
    await setRole(write, folderId, permission, role);
    return { ...permission, role };
  });
  events.notify(permission.guestId);
  return replyJson(c, permissionJson(permission));
}

async function deletePermission(
  c: HonoContext,
  { db, clock, events }: ServiceContext,
  _: Principal,
  id: string,
  { mailbox, key }: Place,
): Promise<Response> {
  const guestId = await writeMailbox(db, mailbox, clock.now(), async (write) => {
    const folderId = await ownFolder(write.trx, write, id);
    const permission = await permissionOf(write.trx, folderId, key);
    await revokePermission(write, folderId, permission);
    return permission.guestId;
  });
  events.notify(guestId);
  return reply(c, null, 204);
}

/** `{ "value": [{ "owner", "folder", "role" }] }`: what others share with the caller. */
async function listSharedWithMe(c: HonoContext, { read }: ServiceContext, principal: Principal): Promise<Response> {
  requireScope('GET', principal, false);
  const value = (await foldersSharedWith(read, principal.accountId)).map(
    ({ ownerName, ownerAddress, folderId, folderName, role }) => ({
      owner: { name: ownerName, address: ownerAddress },
      folder: { id: folderId, name: folderName },
      role,
    }),
  );
  return replyJson(c, { value });
}

/** Leaves a folder that is shared with the caller. */
async function leaveFolder(
  c: HonoContext,
  { db, read, clock, events }: ServiceContext,
  principal: Principal,
  folderId: string,
): Promise<Response> {
  requireScope('DELETE', principal, false);
  if (!isIdText(folderId)) throw malformedId();
  const shared = (await foldersSharedWith(read, principal.accountId)).find((one) => one.folderId === folderId);
  if (shared === undefined) throw notFound();
  await writeMailbox(db, { accountId: shared.ownerId }, clock.now(), async (write) => {
    const mine = (await permissionsOf(write.trx, folderId)).find(({ guestId }) => guestId === principal.accountId);
    if (mine === undefined) throw notFound();
    await revokePermission(write, folderId, mine);
  });
  events.notify(shared.ownerId);
  return reply(c, null, 204);
}

/** `{ "value": [{ "folderId", "people" }] }`: the caller's shared folders, with their number of guests. */
async function listSharedByMe(c: HonoContext, { read }: ServiceContext, { accountId }: Principal): Promise<Response> {
  return replyJson(c, { value: await foldersSharedBy(read, accountId) });
}

/**
 * The folder, for its owner.
 * @throws AppError 400, 404; 403 for a guest, who knows that it exists.
 */
async function ownFolder(db: Db, mailbox: MailboxRef, id: string): Promise<string> {
  if (!isIdText(id)) throw malformedId();
  const folder = await folderRow(db, mailbox, id);
  requireOwner(mailbox);
  return folder.id;
}

/** @throws AppError 400 for an unknown address or the owner's own; 429 after too many unknown addresses. */
async function findGuest({ db, read, clock }: ServiceContext, principal: Principal, address: string): Promise<Account> {
  const admission = await createSignInThrottle(db, clock).admitInvitation(principal.accountId);
  if (!admission.ok) throw tooManyRequests(false, admission.waitMs / 1000);
  const guest = await findAccount(read, address);
  if (guest === undefined) throw nobody(address);
  await admission.succeeded();
  if (guest.id === principal.accountId) throw invalidRequest('The folder is yours already.');
  return guest;
}

function nobody(address: string): AppError {
  const message = `Nobody here has the address '${address}'. Ask them to create an account with it, then share again.`;
  return new AppError(400, 'ErrorNonExistentMailbox', message);
}

function readInvitation(json: unknown): { address: string; role: Role } {
  const person = isObject(json) ? json['emailAddress'] : undefined;
  const address = isObject(person) ? person['address'] : undefined;
  if (!isObject(json) || typeof address !== 'string' || address.trim() === '') {
    throw malformedBody('The body must name an emailAddress with an address.');
  }
  return { address: address.trim().slice(0, 254), role: readRole(json['role']) };
}

function readRole(value: unknown): Role {
  const role = roles.find((one) => typeof value === 'string' && one === value.toLowerCase());
  if (role === undefined) throw malformedBody(`The role must be one of ${roles.join(', ')}.`);
  return role;
}
