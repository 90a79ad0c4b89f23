import type { Migration } from 'kysely/migration';
import * as first from './migrations/0001First.ts';
import * as feed from './migrations/0002Feed.ts';
import * as queryKeys from './migrations/0003QueryKeys.ts';
import * as attachments from './migrations/0004Attachments.ts';
import * as search from './migrations/0005Search.ts';
import * as sharing from './migrations/0006Sharing.ts';
import * as taskOrders from './migrations/0008TaskOrders.ts';
import * as categories from './migrations/0009Categories.ts';

/** Every migration, in order of name. They are imported, not read from a folder, so a typing error is a compiler's error. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001First': first,
  '0002Feed': feed,
  '0003QueryKeys': queryKeys,
  '0004Attachments': attachments,
  '0005Search': search,
  '0006Sharing': sharing,
  '0008TaskOrders': taskOrders,
  '0009Categories': categories,
};
