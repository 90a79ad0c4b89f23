import { expect, test } from 'vitest';
import { createNotificationActions } from './notificationActions.ts';

const press = (taskId: string) => ({
  kind: 'reminderAction',
  action: 'complete',
  account: 'ada',
  folderId: 'tasks',
  taskId,
});

test('an action without a subscriber is kept until it is carried out', () => {
  const listeners: ((event: MessageEvent<unknown>) => void)[] = [];
  const pressed = createNotificationActions({ addEventListener: (_type, listener) => void listeners.push(listener) });
  const post = (data: unknown) => listeners.forEach((listener) => listener(new MessageEvent('message', { data })));
  expect(pressed.current()).toBeUndefined();
  post(press('milk'));
  // Other messages of the worker do not replace it.
  post({ kind: 'updated' });
  expect(pressed.current()).toMatchObject({ action: 'complete', taskId: 'milk' });
  let changes = 0;
  pressed.subscribe(() => (changes += 1));
  pressed.done();
  expect([pressed.current(), changes]).toEqual([undefined, 1]);
});

test('without service workers there is no action', () => {
  expect(createNotificationActions(undefined).current()).toBeUndefined();
});
