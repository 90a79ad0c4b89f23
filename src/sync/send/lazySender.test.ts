import { expect, it, vi } from 'vitest';
import type { Sender } from './sender.ts';
import { createLazySender } from './lazySender.ts';

it('a sender chunk that fails to load counts as offline and is loaded again', async () => {
  const start = vi.fn(() => () => {});
  const drain: Sender = { start, wake: () => {}, settled: () => Promise.resolve() };
  const missing = () => Promise.reject(new TypeError('Failed to fetch'));
  const load = vi
    .fn(() => Promise.resolve({ createSender: () => drain }))
    .mockImplementationOnce(missing)
    .mockImplementationOnce(missing);
  const onContact = vi.fn();
  const ports = {
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve())),
  };
  const late = createLazySender({ ports, onContact }, () => Promise.resolve(), load);

  await late.settled();
  const stop = late.start();
  await expect.poll(() => onContact.mock.calls).toContainEqual(['offline']);
  expect(start).not.toHaveBeenCalled();
  late.wake();
  await expect.poll(() => start.mock.calls).toHaveLength(1);
  expect(load).toHaveBeenCalledTimes(3);
  stop();
});
