import type { Task } from '../domain/task.ts';
import type { Instant } from '../domain/time.ts';

/** What the server last said about one folder: rows by id, and when it said so. */
export type TaskSnapshot = { rows: ReadonlyMap<string, Task>; at: Instant };
