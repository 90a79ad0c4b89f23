import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeDeltaToken, encodeDeltaToken, type FeedScope, type Cursor } from './deltaToken.ts';

const home: FeedScope = { accountId: 'ann', placeId: 'folder' };
const number = fc.nat({ max: 2 ** 40 });
const cursors: fc.Arbitrary<Cursor> = fc.record(
  {
    after: fc.record({ seq: number, id: fc.stringMatching(/^[\w-]{0,24}$/) }),
    floor: number,
    select: fc.array(fc.constantFrom('Id', 'Subject', 'DueDateTime'), { minLength: 1 }),
  },
  { requiredKeys: ['after', 'floor'] },
);

test('a token decodes to what was encoded, and needs no URL encoding', () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      const token = encodeDeltaToken(home, cursor);
      expect(token).toMatch(/^[\w-]+$/);
      expect(decodeDeltaToken(home, token)).toEqual(cursor);
    }),
  );
});

test('a token with a changed, missing or added character is invalid, and so is one of another place', () => {
  fc.assert(
    fc.property(cursors, fc.nat(), fc.constantFrom('A', 'B', 'C', '_', '!', '', 'BC'), (cursor, n, other) => {
      const token = encodeDeltaToken(home, cursor);
      const at = n % token.length;
      const damaged = token.slice(0, at) + other + token.slice(at + 1);
      if (damaged !== token) expect(decodeDeltaToken(home, damaged)).toBeUndefined();
      expect(decodeDeltaToken({ ...home, accountId: 'bob' }, token)).toBeUndefined();
      expect(decodeDeltaToken({ ...home, placeId: 'other' }, token)).toBeUndefined();
    }),
  );
});

test('any text is decoded or rejected, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeDeltaToken(home, text)).toBeUndefined();
    }),
  );
});
