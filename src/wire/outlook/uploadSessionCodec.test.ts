import { expect, test } from 'vitest';
import { parsePath } from '../odata/odata.ts';
import { graphBeta, outlookRest } from './outlookDialects.ts';
import { decodeUploadSession, encodeUploadSession } from './uploadSessionCodec.ts';

const session = { url: 'https://example.com/u', expiresAt: '2026-03-26T12:00:00.000Z', next: 7 };

test('a client reads what the service writes', () => {
  for (const { spelling } of [outlookRest, graphBeta]) {
    for (const one of [session, { ...session, next: null }, { expiresAt: session.expiresAt, next: 0 }]) {
      expect(decodeUploadSession(encodeUploadSession(one, spelling), spelling)).toEqual(one);
    }
  }
  expect(encodeUploadSession(session, graphBeta.spelling)).toEqual({
    uploadUrl: 'https://example.com/u',
    expirationDateTime: '2026-03-26T12:00:00Z',
    nextExpectedRanges: ['7-'],
  });
});

test.each([
  [['12345-55232', '77829-99375'], 12_345],
  [['2097152'], 2_097_152],
  [[], null],
])('reads ranges in the formats of several servers: %j', (ranges, next) => {
  const json = { expirationDateTime: '2026-03-26T12:00:00.1234567Z', nextExpectedRanges: ranges };
  expect(decodeUploadSession(json, graphBeta.spelling).next).toBe(next);
});

test('invalid sessions are an error', () => {
  for (const json of [undefined, {}, { expirationDateTime: '2026-03-26T12:00:00Z', nextExpectedRanges: ['x'] }]) {
    expect(() => decodeUploadSession(json, graphBeta.spelling)).toThrow();
  }
});

test('the action is in the position of a key, but is no key', () => {
  for (const name of ['createUploadSession', 'microsoft.graph.createUploadSession', 'CREATEUPLOADSESSION']) {
    expect(parsePath(`/me/outlook/tasks/t/attachments/${name}`, graphBeta)).toEqual({
      mailbox: 'me',
      pattern: 'tasks/{}/attachments/createuploadsession',
      keys: ['t'],
    });
  }
  expect(parsePath("/me/tasks('t')/attachments/a/$value", outlookRest)?.pattern).toBe('tasks/{}/attachments/{}/$value');
});
