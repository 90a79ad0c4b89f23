import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createResponseCache, compressedBytesOf } from './responseCache.ts';
import { annId, bobId, startService, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

/** Counts how often an answer is built. */
function counted(text: string) {
  const build = async () => {
    build.times += 1;
    return text;
  };
  build.times = 0;
  return build;
}

test('an answer is built once per mailbox until the mailbox changes', async () => {
  const answers = createResponseCache();
  const { read } = service.database;
  const build = counted('[]');
  await answers.get(read, annId, 'list', build);
  await answers.get(read, annId, 'list', build);
  expect(build.times).toBe(1);
  await answers.get(read, bobId, 'list', build);
  await answers.get(read, annId, 'other list', build);
  expect(build.times).toBe(3);
  await service.send('POST', '/me/tasks', { Subject: 'x' });
  await answers.get(read, annId, 'list', build);
  expect(build.times).toBe(4);
});

test('the oldest answers are evicted when the cache is full', async () => {
  const answers = createResponseCache(200);
  const { read } = service.database;
  const build = counted('ten letters');
  for (const key of ['a', 'b', 'a', 'c']) await answers.get(read, annId, key, build);
  expect(build.times).toBe(3);
  await answers.get(read, annId, 'a', build);
  expect(build.times).toBe(3);
  await answers.get(read, annId, 'b', build);
  expect(build.times).toBe(4);
});

test('a failed build is not cached', async () => {
  const answers = createResponseCache();
  const { read } = service.database;
  await expect(answers.get(read, annId, 'list', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const answer = await answers.get<never>(read, annId, 'list', counted('yes'));
  expect(answer.bytes.byteLength).toBe(3);
});

test('a long list is compressed for clients that accept it', async () => {
  const answers = createResponseCache();
  const answer = await answers.get<never>(service.database.read, annId, 'list', counted('é'.repeat(5_000)));
  expect(gunzipSync(await compressedBytesOf(answer)).toString()).toBe('é'.repeat(5_000));
  expect(compressedBytesOf(answer)).toBe(compressedBytesOf(answer));
});

test('the cache size counts addresses as well as answers', async () => {
  const answers = createResponseCache(1_000);
  const { read } = service.database;
  const build = counted('[]');
  for (const key of ['a', `b${'?'.repeat(600)}`, 'a']) await answers.get(read, annId, key, build);
  expect(build.times).toBe(3);
});
