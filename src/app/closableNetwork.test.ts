import { expect, test } from 'vitest';
import { createTransport } from '../api/transport.ts';
import { systemClock } from '../domain/time/time.ts';
import { closableNetwork } from './closableNetwork.ts';

/** A client whose tokens, waits and answers come when the test says so. */
function openClient(answers: readonly Response[]) {
  const sent: string[] = [];
  const tokens: ((token: string) => void)[] = [];
  const waits: (() => void)[] = [];
  const left = [...answers];
  const network = closableNetwork({
    fetch(url) {
      sent.push(url);
      return left.shift() ?? new Response('{}');
    },
    getToken: () => new Promise((resolve) => tokens.push(resolve)),
  });
  const send = createTransport({
    ...network,
    base: '',
    sleep: () => new Promise((resolve) => waits.push(resolve)),
    newId: () => 'id',
    clock: systemClock(() => 0),
  });
  return { network, send: () => send({ method: 'GET', path: '/tasks' }), sent, tokens, waits };
}

test('a request that waits for a token when its account is closed is not sent', async () => {
  const { network, send, sent, tokens } = openClient([]);
  const sending = send();
  await expect.poll(() => tokens.length).toBe(1);
  network.close();
  tokens[0]?.('token');
  await expect(sending).rejects.toMatchObject({ kind: 'offline' });
  await expect(send()).rejects.toMatchObject({ kind: 'offline' });
  expect([sent, tokens.length]).toEqual([[], 1]);
});

test('a request that waits to be sent again when its account is closed is not sent again', async () => {
  const { network, send, sent, tokens, waits } = openClient([new Response('', { status: 503 })]);
  const sending = send();
  await expect.poll(() => tokens.length).toBe(1);
  tokens[0]?.('token');
  await expect.poll(() => waits.length).toBe(1);
  network.close();
  waits[0]?.();
  await expect(sending).rejects.toMatchObject({ kind: 'offline' });
  expect(sent).toEqual(['/tasks']);
});

test('a request under way when its account is closed ends as it would', async () => {
  let answer: (response: Response) => void = () => {};
  const network = closableNetwork({
    fetch: () => new Promise<Response>((resolve) => (answer = resolve)),
    getToken: () => Promise.resolve('token'),
  });
  const fetching = network.fetch('/tasks', {});
  network.close();
  answer(new Response('done'));
  expect(await (await fetching).text()).toBe('done');
});
