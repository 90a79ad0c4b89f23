import { sql } from 'kysely';
import { Hono, type Context } from 'hono';
import { expect, test } from 'vitest';
import { requestBodyStream } from '../attachments/uploadStream.ts';
import { runTransaction } from '../db/transaction.ts';
import type { HonoContext } from '../http/http.ts';
import { openTestDatabase } from '../testing/testDatabase.ts';
import { createFairShare } from './fairShare.ts';
import { Overload } from './parties.ts';

/** What a request does after it has waited counts for it, whatever it has waited for. */

const now = '2026-03-25T12:00:00.000Z';
const clock = {
  now: () => now,
  today: () => {
    throw new Error('Only instants are asked for.');
  },
};
type AppEnv = HonoContext extends Context<infer Env> ? Env : never;
const ann = { name: 'ann', isLimited: true };

/** Whether work that takes 5 s of CPU after waiting uses up a budget of one second. */
async function isCounted(work: (takes: () => void) => Promise<unknown>): Promise<boolean> {
  let cpu = 0;
  const share = createFairShare(
    { limitSeconds: 1, windowSeconds: 100, requestSeconds: 0 },
    { clock, cpuMs: () => cpu },
  );
  await share.run(ann, () => work(() => void (cpu += 5_000)));
  return share.run(ann, async () => false).catch((error: unknown) => error instanceof Overload);
}

test('rows that a database has sent', async () => {
  const { db, read, close } = await openTestDatabase();
  for (const one of [db, read]) {
    expect(
      await isCounted(async (takes) => {
        await sql`select 1`.execute(one);
        takes();
      }),
    ).toBe(true);
  }
  await close();
});

test('the statements of a transaction, and what comes after it', async () => {
  const { db, close } = await openTestDatabase();
  expect(await isCounted((takes) => runTransaction(db, async () => takes()))).toBe(true);
  expect(
    await isCounted(async (takes) => {
      await runTransaction(db, (trx) => sql`select 1`.execute(trx));
      takes();
    }),
  ).toBe(true);
  await close();
});

test('the pieces of an upload', async () => {
  const app = new Hono<AppEnv>();
  let isUploadCounted: boolean | undefined;
  app.post('/', async (c) => {
    isUploadCounted = await isCounted(async (takes) => {
      for await (const piece of requestBodyStream(c)) if (piece.length > 0) takes();
    });
    return c.text('');
  });
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      controller.enqueue(new Uint8Array(10));
      controller.close();
    },
  });
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
  await app.request('/', init);
  expect(isUploadCounted).toBe(true);
});
