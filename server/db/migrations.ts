import type { Migration } from 'kysely/migration';
import { up as first } from './migrations/0001First.ts';
import { up as feed } from './migrations/0002Feed.ts';
import { up as queryKeys } from './migrations/0003QueryKeys.ts';
import { up as attachments } from './migrations/0004Attachments.ts';
import { up as search } from './migrations/0005Search.ts';
import { up as sharing } from './migrations/0006Sharing.ts';
import { up as taskOrders } from './migrations/0008TaskOrders.ts';
import { up as categories } from './migrations/0009Categories.ts';
import { up as usage } from './migrations/0010Usage.ts';
import { up as searchLength } from './migrations/0011SearchLength.ts';
import { up as attachmentGuests } from './migrations/0012AttachmentGuests.ts';

/** All migrations in order of name. Imported instead of read from a folder, so that the compiler checks the names. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001First': { up: first },
  '0002Feed': { up: feed },
  '0003QueryKeys': { up: queryKeys },
  '0004Attachments': { up: attachments },
  '0005Search': { up: search },
  '0006Sharing': { up: sharing },
  '0008TaskOrders': { up: taskOrders },
  '0009Categories': { up: categories },
  '0010Usage': { up: usage },
  '0011SearchLength': { up: searchLength },
  '0012AttachmentGuests': { up: attachmentGuests },
};
