import { membersOf, parseJson } from '../testing/json.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64Encode } from './base64.ts';
import { splitBody } from './splitJsonBody.ts';

async function* cut(bytes: Uint8Array, sizes: readonly number[]) {
  let at = 0;
  for (let n = 0; at < bytes.length; n += 1) {
    const size = Math.max(1, sizes[n % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function split(text: string, sizes: readonly number[] = [1_000_000], limit = 10_000) {
  const pieces: Uint8Array[] = [];
  const write = async (bytes: Uint8Array) => void pieces.push(bytes);
  const { json, digest } = await splitBody(cut(Buffer.from(text), sizes), { member: 'ContentBytes', limit, write });
  return { json, digest, content: Buffer.concat(pieces).toString('latin1') };
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

test('for any body in any pieces, the rest equals JSON.parse and the member equals what was written', async () => {
  const rest = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
  const bytes = fc.uint8Array({ maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(rest, rest, bytes, sizes, fc.boolean(), async (before, after, content, at, isPretty) => {
      for (const one of [before, after]) delete one['ContentBytes'];
      const base64 = Buffer.from(content).toString('base64');
      const whole = { ...before, ContentBytes: base64, ...after };
      const text = JSON.stringify(whole, null, isPretty ? 2 : 0);
      const taken = await split(text, at, 100_000);
      expect(taken.json).toEqual({ ...membersOf(parseJson(text)), ContentBytes: '' });
      expect(Buffer.from(taken.content, 'latin1').equals(content)).toBe(true);
    }),
  );
});

test('a body that is no object is unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), sizes, async (value, at) => {
      fc.pre(typeof value !== 'object' || value === null || !('ContentBytes' in value));
      expect((await split(JSON.stringify(value), at)).json).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

describe('base64', () => {
  test.each([
    ['escaped slashes', '{"ContentBytes":"Pz8\\/Pz8\\u002f"}', '??????'],
    ['lines', '{"ContentBytes":"Pz8v\\r\\nPz8v\\n"}', '??/??/'],
    ['the URL-safe alphabet', '{"ContentBytes":"Pz8_Pz8_"}', '??????'],
    ['an escaped name', '{"Content\\u0042ytes":"Pz8vPz8v"}', '??/??/'],
  ])('with %s', async (_, text, expected) => {
    for (const size of [1, 2, 1000]) {
      const { content } = await split(text, [size]);
      expect(content).toBe(expected);
    }
  });

  test('without padding, and empty', async () => {
    expect((await split('{"ContentBytes":"YWI"}')).content).toBe('ab');
    expect((await split('{"ContentBytes":"YWI="}')).content).toBe('ab');
    expect(await split('{"ContentBytes":""}')).toMatchObject({ content: '', json: { ContentBytes: '' } });
  });

  test.each(['Y', 'YWJ*', 'YW=Jj', 'é'])('%s is rejected', async (text) => {
    await expect(split(JSON.stringify({ ContentBytes: text }), [1])).rejects.toThrow(/Expected base64/);
  });

  test('encoding in pieces equals encoding at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), sizes, async (bytes, at) => {
        const pieces: Uint8Array[] = [];
        for await (const piece of base64Encode(cut(bytes, at))) pieces.push(piece);
        expect(Buffer.concat(pieces).toString()).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
  });
});

describe('rejected', () => {
  test.each(['', '{', '{"ContentBytes":"YWJj', '{"ContentBytes":"YWJj"', '{"ContentBytes":"YWJj"}}', '{"a":"\\x"}'])(
    '%s',
    async (text) => {
      await expect(split(text, [3])).rejects.toMatchObject({ status: 400, code: 'RequestBodyRead' });
    },
  );

  test('the member given twice', async () => {
    await expect(split('{"ContentBytes":"YQ==","ContentBytes":"Yg=="}')).rejects.toThrow(/twice/);
  });

  test('too many bytes besides the member', async () => {
    const body = JSON.stringify({ Name: 'x'.repeat(200), ContentBytes: 'YWJj'.repeat(1_000) });
    await expect(split(body, [50], 100)).rejects.toMatchObject({ status: 413 });
    expect((await split(body, [50], 300)).content).toHaveLength(3_000);
  });

  test('nested members of the same name are unchanged', async () => {
    const body = { a: { ContentBytes: 'no base64!' }, b: ['ContentBytes', 'x'], ContentBytes: null };
    expect(await split(JSON.stringify(body))).toMatchObject({ json: body, content: '' });
  });
});

test('the digest differs for bodies that differ in the member only', async () => {
  const [a, b] = await Promise.all(['YQ==', 'Yg=='].map((text) => split(JSON.stringify({ ContentBytes: text }))));
  expect(a?.json).toEqual(b?.json);
  expect(a?.digest).not.toBe(b?.digest);
});
