import { expect, test } from 'vitest';
import { createNotificationActions } from './notificationActions.ts';

const press = (taskId: string) => ({
  kind: 'reminderAction',
  action: 'complete',
  account: 'ada',
  folderId: 'tasks',
  taskId,
});

test('a press before anybody listens waits until it was acted on', () => {
  const heard: ((event: MessageEvent<unknown>) => void)[] = [];
  const pressed = createNotificationActions({ addEventListener: (_type, listener) => void heard.push(listener) });
  const post = (data: unknown) => heard.forEach((listener) => listener(new MessageEvent('message', { data })));
  expect(pressed.current()).toBeUndefined();
  post(press('milk'));
  // What else the worker posts takes nothing away.
  post({ kind: 'updated' });
  expect(pressed.current()).toMatchObject({ action: 'complete', taskId: 'milk' });
  let changes = 0;
  pressed.subscribe(() => (changes += 1));
  pressed.done();
  expect([pressed.current(), changes]).toEqual([undefined, 1]);
});

test('a browser without service workers has none', () => {
  expect(createNotificationActions(undefined).current()).toBeUndefined();
});
