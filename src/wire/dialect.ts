import type { Mailbox, NamePatch, Place, Task, TaskFolder, TaskGroup, TaskPatch } from '../domain/task/task.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** How an answer is asked for: `zone` is the name from `Prefer: outlook.timezone` as it was sent; UTC without one. */
export type ResponseView = { zone?: string };

/**
 * Both directions of one entity, for both ends of the wire. Unknown members of a response are ignored, those of a request
 * are an error. What cannot be read throws a WireError.
 */
export type Codec<T, P> = {
  /** An entity from an answer. */
  decode: (json: unknown) => T;
  /** An entity for an answer, in the member order of the documentation; the caller puts `@odata.context` before it. */
  encode: (value: T, view?: ResponseView) => JsonObject;
  /** The body of a POST or PATCH. */
  decodePatch: (json: unknown) => P;
  encodePatch: (patch: P) => JsonObject;
};

/**
 * What a server can do beyond lists of tasks. Views ask this, never the name of a dialect
 * (docs/architecture.md#dialects).
 */
export type Capabilities = {
  groups: boolean;
  delta: boolean;
  move: boolean;
  bin: boolean;
  purge: boolean;
  share: boolean;
};

/** How one dialect writes the names of the other's metadata: `DueDateTime` or `dueDateTime`. */
export type Spelling = {
  /** A member's name from its PascalCase one. */
  member: (name: string) => string;
  /** An enum value from the domain's. */
  value: (value: string) => string;
  /** The qualified name of a type, for messages and `@odata.type`. */
  type: (name: string) => string;
};

/** Addresses relative to the dialect's root, with encoded keys (docs/protocol.md#url-grammar). */
export type ResourcePaths = {
  groups: (mailbox: Mailbox) => string;
  group: (group: Place) => string;
  folders: (mailbox: Mailbox) => string;
  folder: (folder: Place) => string;
  groupFolders: (group: Place) => string;
  /** Every task of the mailbox. */
  allTasks: (mailbox: Mailbox) => string;
  tasks: (folder: Place) => string;
  task: (task: Place) => string;
  complete: (task: Place) => string;
  attachments: (task: Place) => string;
  attachment: (task: Place, attachmentId: string) => string;
  /** Null where the dialect has no such action (docs/protocol.md#endpoints-of-v2). */
  permanentDelete: ((task: Place) => string) | null;
};

/** One way a server spells the API: its paths, names and values. */
export type Dialect = {
  name: 'outlookRest' | 'graphBeta';
  /** The path under which the dialect is served, '/api/v2.0'. */
  root: string;
  /** What follows the mailbox in every path: '/outlook' in Graph. */
  suffix: '' | '/outlook';
  /** System query options may come without their `$` (docs/protocol.md#url-grammar). */
  isDollarOptional: boolean;
  can: Capabilities;
  paths: ResourcePaths;
  spelling: Spelling;
  task: Codec<Task, TaskPatch>;
  folder: Codec<TaskFolder, Partial<NamePatch>>;
  group: Codec<TaskGroup, Partial<NamePatch>>;
};
