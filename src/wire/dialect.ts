import type { Mailbox, NamePatch, Place, Task, TaskFolder, TaskGroup, TaskPatch } from '../domain/task/task.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/**
 * How dates of a response are written: `zone` is the name in `Prefer: outlook.timezone` as it was sent; UTC without
 * one.
 */
export type ResponseView = { zone?: string };

/**
 * Decodes and encodes one entity, in client and service. Unknown members of a response are ignored, those of a request
 * are an error. Input that cannot be read throws a WireError.
 */
export type Codec<T, P> = {
  /** Reads an entity of a response. */
  decode: (json: unknown) => T;
  /**
   * Writes an entity of a response, in the member order of the documentation; the caller adds `@odata.context` before
   * it.
   */
  encode: (value: T, view?: ResponseView) => JsonObject;
  /** Reads the body of a POST or PATCH. @param stored what it changes: a task keeps what is over a limit already. */
  decodePatch: (json: unknown, stored?: T) => P;
  encodePatch: (patch: P) => JsonObject;
};

/**
 * What a server can do beyond task lists. Views check these, never the name of a dialect
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

/** How one dialect spells the names of the shared metadata: `DueDateTime` or `dueDateTime`. */
export type Spelling = {
  /** The spelling of a member, from its PascalCase name. */
  member: (name: string) => string;
  /** The spelling of an enum value, from the domain's. */
  value: (value: string) => string;
  /** The qualified name of a type, for error messages and `@odata.type`. */
  type: (name: string) => string;
};

/** Paths relative to the dialect's root, with encoded keys (docs/protocol.md#url-grammar). */
export type ResourcePaths = {
  groups: (mailbox: Mailbox) => string;
  group: (group: Place) => string;
  folders: (mailbox: Mailbox) => string;
  folder: (folder: Place) => string;
  groupFolders: (group: Place) => string;
  /** All tasks of the mailbox. */
  allTasks: (mailbox: Mailbox) => string;
  tasks: (folder: Place) => string;
  task: (task: Place) => string;
  complete: (task: Place) => string;
  attachments: (task: Place) => string;
  attachment: (task: Place, attachmentId: string) => string;
  /** Null where the dialect has no such action (docs/protocol.md#endpoints-of-v2). */
  permanentDelete: ((task: Place) => string) | null;
};

/** One variant of the API: its paths, names and values. */
export type Dialect = {
  name: 'outlookRest' | 'graphBeta';
  /** The path under which the dialect is served, '/api/v2.0'. */
  root: string;
  /** What follows the mailbox in every path: '/outlook' in Graph. */
  suffix: '' | '/outlook';
  /** System query options may be written without their `$` (docs/protocol.md#url-grammar). */
  isDollarOptional: boolean;
  can: Capabilities;
  paths: ResourcePaths;
  spelling: Spelling;
  task: Codec<Task, TaskPatch>;
  folder: Codec<TaskFolder, Partial<NamePatch>>;
  group: Codec<TaskGroup, Partial<NamePatch>>;
};
