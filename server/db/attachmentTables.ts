/** Attachments, their content, and unfinished uploads. The content has its own table, so that lists never read it. */
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
  /** The row of the bytes of a file, or of the JSON of an item. Copies of a task share it. Null for a reference. */
  content_id: string | null;
  /** Members of one kind only, as JSON. */
  details: string;
  /** The guest who added it; null for the owner. */
  guest_id: string | null;
};

/** Content stored once for all attachments that refer to it. A trigger deletes it with the last of them. */
export type ContentRow = {
  id: string;
  account_id: string;
  /** In bytes; of an unfinished upload, what has arrived. */
  size: number;
  /** The guest who sent it; null for the owner. */
  guest_id: string | null;
};

/** A chunk of a content. Chunks have no gaps: the next starts where this one ends. */
export type ChunkRow = { content_id: string; start: number; bytes: Uint8Array<ArrayBuffer> };

/** An upload in progress: an upload session, or a request that is being read. */
export type UploadRow = {
  /** SHA-256 of the token in the session's URL, in hex; for a request, an id that no URL has. */
  id: string;
  account_id: string;
  /** The guest who sends it; null for the owner. */
  guest_id: string | null;
  task_id: string;
  /** Null when its attachment was deleted. */
  content_id: string | null;
  name: string;
  content_type: string | null;
  is_inline: number;
  size: number;
  /** Number of bytes stored. */
  received: number;
  /** The finished attachment; null until then. */
  attachment_id: string | null;
  /** The root of the dialect in which the session was created. */
  dialect: string;
  expires_at: string;
};
