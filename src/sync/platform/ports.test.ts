import { expect, it, vi } from 'vitest';
import { browserPorts, openChannel } from './ports.ts';

it('a closed channel neither posts nor fails on a message', async () => {
  const [here, there] = [openChannel('test'), openChannel('test')];
  const onMessage = vi.fn();
  there.onMessage(onMessage);
  here.post('before');
  await expect.poll(() => onMessage.mock.calls).toEqual([['before']]);
  here.close();
  here.post('after');
  there.close();
  expect(onMessage).toHaveBeenCalledOnce();
});

it('a sleep longer than the timer limit does not end at once', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
  const isOver = vi.fn();
  void browserPorts()
    .sleep(2 ** 40)
    .then(isOver);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(isOver).not.toHaveBeenCalled();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
