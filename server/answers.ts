import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { CompiledQuery } from 'kysely';
import type { Db } from './store.ts';

/** A list as it goes out, and compressed once somebody wanted that. */
export type Answer = { text: string; packed?: Promise<Uint8Array<ArrayBuffer>> };

/**
 * Lists that were answered before, each with the mailbox's number at that time. Every write to a mailbox takes its
 * counter (architecture.md §9), so an answer with the counter's present number is what the database would say again.
 */
export type Answers = {
  /** The answer for `key`, built anew when the mailbox has changed since. `key` must hold all that the answer depends on. */
  get(read: Db, accountId: string, key: string, build: () => Promise<string>): Promise<Answer>;
};

/** In characters, over all mailboxes. */
const room = 16_000_000;

export function createAnswers(limit = room): Answers {
  const kept = new Map<string, { seq: number; answer: Answer }>();
  let size = 0;

  function drop(key: string): void {
    size -= kept.get(key)?.answer.text.length ?? 0;
    kept.delete(key);
  }

  return {
    async get(read, accountId, key, build) {
      // First the number, then the rows: rows that are newer than their number are merely built once more.
      const seq = await seqOf(read, accountId);
      const whole = `${accountId} ${key}`;
      const known = kept.get(whole);
      if (known !== undefined) drop(whole);
      const answer = known?.seq === seq ? known.answer : { text: await build() };
      drop(whole);
      kept.set(whole, { seq, answer });
      size += answer.text.length;
      for (const oldest of kept.keys()) {
        if (size <= limit) break;
        drop(oldest);
      }
      return answer;
    },
  };
}

const compress = promisify(gzip);

export function packedOf(answer: Answer): Promise<Uint8Array<ArrayBuffer>> {
  answer.packed ??= compress(answer.text, { level: 4 }).then((bytes) => new Uint8Array(bytes));
  return answer.packed;
}

async function seqOf(read: Db, accountId: string): Promise<number> {
  const query = CompiledQuery.raw('select seq from counters where account_id = ?', [accountId]);
  const { rows } = await read.executeQuery<{ seq: number }>(query);
  return Number(rows[0]?.seq ?? 0);
}
