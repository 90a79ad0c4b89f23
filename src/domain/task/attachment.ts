import type { OutlookItem } from './outlookItem.ts';
import type { Instant } from '../time/time.ts';

/** Where the file of a reference is stored, and what opening it allows (docs/protocol.md#enumerations). */
export const providerTypes = ['other', 'oneDriveBusiness', 'oneDriveConsumer', 'dropbox'] as const;
export const permissionTypes = [
  'other',
  'view',
  'edit',
  'anonymousView',
  'anonymousEdit',
  'organizationView',
  'organizationEdit',
] as const;

/** The members of every attachment that are known without its content. */
type Label = {
  id: string;
  name: string;
  /** Null for items and references. */
  contentType: string | null;
  /** In bytes; for a file, exactly the size of its content. */
  size: number;
  isInline: boolean;
  modifiedAt: Instant;
};

/** The content is sent and fetched separately, by the attachment's id. */
export type FileAttachment = Label & { kind: 'file' } & FileMarks;
export type ItemAttachment = Label & { kind: 'item' };
export type ReferenceAttachment = Label & { kind: 'reference' } & Reference;

/**
 * An attachment of a task (docs/protocol.md#attachments): a file, an item (message, event or contact), or a link to a
 * file elsewhere.
 */
export type Attachment = FileAttachment | ItemAttachment | ReferenceAttachment;

type FileMarks = {
  /** The `cid:…` by which an HTML body refers to an inline image. */
  contentId: string | null;
  contentLocation: string | null;
};

type Reference = {
  sourceUrl: string;
  providerType: (typeof providerTypes)[number];
  thumbnailUrl: string | null;
  previewUrl: string | null;
  permission: (typeof permissionTypes)[number];
  isFolder: boolean;
};

/** The content of a request to attach. The bytes of a file are sent separately. */
export type NewAttachment =
  | ({ kind: 'file'; name: string; contentType: string | null; isInline: boolean } & FileMarks)
  | { kind: 'item'; name: string; isInline: boolean; item: OutlookItem }
  | ({ kind: 'reference'; name: string; isInline: boolean } & Reference);

/** A file for an upload session (docs/protocol.md#upload-sessions). `size` in bytes. */
export type NewUpload = { name: string; size: number; contentType: string | null; isInline: boolean };

export const defaultContentType = 'application/octet-stream';

/**
 * Largest file in one request, in bytes: Graph takes bodies of 4 MB, and base64 turns 3 MB into 4. Larger ones use an upload
 * session (docs/protocol.md#attachments).
 */
export const inlineLimit = 3 * 1024 * 1024;

/** Largest file, in bytes (docs/protocol.md#upload-sessions). */
export const maxFileSize = 25 * 1024 * 1024;
