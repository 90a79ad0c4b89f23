import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBodyDraft, encodeBodyDraft } from './bodyDraft.ts';

const content = fc.oneof(
  fc.string(),
  fc.string().map((words) => `\u0001html\u0001${words}`),
  fc.constant('\u0001'),
);

test('every body comes back from its draft, and two bodies have two drafts', () => {
  fc.assert(
    fc.property(fc.constantFrom('html' as const, 'text' as const), content, (contentType, words) => {
      const body = { contentType, content: words };
      expect(decodeBodyDraft(encodeBodyDraft(body))).toEqual(body);
    }),
  );
});

test('a draft of an earlier version is a text', () => {
  expect(decodeBodyDraft('Milk\r\n')).toEqual({ contentType: 'text', content: 'Milk\r\n' });
});
