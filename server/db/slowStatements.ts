import { Worker } from 'node:worker_threads';
import type { SQLInputValue } from 'node:sqlite';
import { countElsewhere } from '../load/fairShare.ts';
import { Overload } from '../load/parties.ts';
import { createWorkQueue } from '../load/workQueue.ts';
import { RowsTooLarge } from './statementGuard.ts';

/** Reads that take long, in a thread of their own, one at a time. */
export type SlowStatements = {
  /** @throws Overload when the statement takes longer than any may. */
  all(text: string, values: readonly SQLInputValue[]): Promise<unknown[]>;
  close(): Promise<void>;
};

export type SlowRequest = { text: string; values: readonly SQLInputValue[] };
export type SlowAnswer = { ms: number } & (
  { rows: unknown[] } | { failure: { name: string; message: string; errcode?: unknown } }
);

/** Seconds to wait before a statement that took too long is tried again. */
const waitSeconds = 30;

/** @param path of the database file. */
export function createSlowStatements(path: string): SlowStatements {
  const queue = createWorkQueue({ atOnce: 1, mostWaiting: 8 });
  let worker: Worker | undefined;

  function send(request: SlowRequest): Promise<SlowAnswer> {
    const own = (worker ??= started());
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        own.off('message', onMessage).off('error', onError).off('exit', onExit);
        own.unref();
        settle();
      };
      const onMessage = (answer: SlowAnswer) => end(() => resolve(answer));
      const onError = (error: unknown) => end(() => reject(error));
      const onExit = () => end(() => reject(new Error('The thread for slow statements ended.')));
      own.on('message', onMessage).on('error', onError).on('exit', onExit);
      own.ref();
      own.postMessage(request);
    });
  }

  function started(): Worker {
    const fresh = new Worker(new URL('./slowStatementsWorker.ts', import.meta.url), { workerData: path });
    fresh.once('exit', () => {
      if (worker === fresh) worker = undefined;
    });
    return fresh;
  }

  return {
    all: (text, values) =>
      queue.run(async () => {
        const answer = await send({ text, values });
        countElsewhere(answer.ms);
        if ('rows' in answer) return answer.rows;
        const { name, message, errcode } = answer.failure;
        if (name === 'StatementTooLong') throw new Overload('request', waitSeconds);
        if (name === 'RowsTooLarge') throw new RowsTooLarge(message);
        throw Object.assign(new Error(message), { query: text, ...(errcode !== undefined && { errcode }) });
      }),
    async close() {
      await worker?.terminate();
    },
  };
}
