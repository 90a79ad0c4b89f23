/** Attachments, their bytes, and uploads that are not finished. Labels stand apart from bytes: no list ever reads those. */
export type AttachmentTables = {
  attachments: AttachmentRow;
  attachment_contents: ContentRow;
  attachment_chunks: ChunkRow;
  attachment_uploads: UploadRow;
};

export type AttachmentRow = {
  id: string;
  account_id: string;
  task_id: string;
  kind: 'file' | 'item' | 'reference';
  name: string;
  content_type: string | null;
  is_inline: number;
  /** In bytes. */
  size: number;
  modified_at: string;
  /** Where the bytes are: a file's, or the JSON of an item. Copies of a task share them. Null for a reference. */
  content_id: string | null;
  /** What only one kind has, as JSON of the domain's members. */
  details: string;
};

/** Bytes that are kept once, however many attachments hold them. The last one to go takes them along (a trigger). */
export type ContentRow = {
  id: string;
  account_id: string;
  /** In bytes; for an upload that is not finished, what it will be. */
  size: number;
};

/** A piece of a content. Pieces follow each other without gaps: the next one starts where this one ends. */
export type ChunkRow = { content_id: string; start: number; bytes: Uint8Array<ArrayBuffer> };

/** An upload in progress: an upload session, or a request that is being read. */
export type UploadRow = {
  /** SHA-256 of the token in the session's address, hex; for a request, an id that no address has. */
  id: string;
  account_id: string;
  /** Who sends it, when it is not the mailbox's owner. */
  guest_id: string | null;
  task_id: string;
  /** Null when its attachment was deleted. */
  content_id: string | null;
  name: string;
  content_type: string | null;
  is_inline: number;
  size: number;
  /** Bytes that are stored. */
  received: number;
  /** What it became; null until it is finished. */
  attachment_id: string | null;
  dialect: string;
  expires_at: string;
};
