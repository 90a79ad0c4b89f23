/** The thread of slowStatements.ts: one read-only connection, one statement at a time. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from './databaseErrors.ts';
import type { SlowAnswer, SlowRequest } from './slowStatements.ts';
import { addGuard } from './statementGuard.ts';

/** Milliseconds. */
const openTimeout = 1_000;
const longestMs = 5_000;

const uptime = () => performance.now();
const path: unknown = workerData;
if (typeof path !== 'string') throw new TypeError('The path of the database is missing.');
const database = new DatabaseSync(path, { timeout: openTimeout, readOnly: true });
const guard = addGuard(database, { longestMs, uptime });

function answerTo({ text, values }: SlowRequest): SlowAnswer {
  const from = uptime();
  guard.start();
  try {
    const rows = database.prepare(text).all(...values);
    return { rows, ms: uptime() - from };
  } catch (error) {
    const errcode = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
    const name = error instanceof Error ? error.name : '';
    return { failure: { name, message: messageOf(error), errcode }, ms: uptime() - from };
  }
}

parentPort?.on('message', (request: SlowRequest) => parentPort?.postMessage(answerTo(request)));
