import { expect, test } from 'vitest';
import { reminderActionOf, handleNotificationClick, isReminder, type ReminderData } from './notificationClick.ts';

const data: ReminderData = { kind: 'reminder', account: 'ada', folderId: 'f/1', taskId: 't1' };

function pagesOf(...states: { focused: boolean; visibilityState: DocumentVisibilityState }[]) {
  const messages: string[] = [];
  const all = states.map((state, at) => ({
    ...state,
    postMessage: (message: unknown) => void messages.push(`${at}: ${JSON.stringify(message)}`),
    focus: () => (messages.push(`${at}: focus`), Promise.resolve()),
  }));
  const open = (address: string) => (messages.push(address), Promise.resolve());
  return { said: messages, pages: { all: () => Promise.resolve(all), open } };
}
const away = { focused: false, visibilityState: 'hidden' } as const;
const seen = { focused: false, visibilityState: 'visible' } as const;
const inFront = { focused: true, visibilityState: 'visible' } as const;
const never = () => Promise.reject(new Error('A page is open: it acts.'));

test('the page in front acts; opening brings it forward, the rest does not', async () => {
  const { pages, said: messages } = pagesOf(away, seen, inFront);
  await handleNotificationClick(pages, data, 'complete', never);
  const message = { kind: 'reminderAction', action: 'complete', account: 'ada', folderId: 'f/1', taskId: 't1' };
  expect(messages).toEqual([`2: ${JSON.stringify(message)}`]);
  const other = pagesOf(away, seen);
  await handleNotificationClick(other.pages, data, 'open', never);
  expect(other.said).toEqual([`1: ${JSON.stringify({ ...message, action: 'open' })}`, '1: focus']);
});

test('without a page: completed in the outbox, or else the app is opened at the task, which is told why', async () => {
  const { pages, said: messages } = pagesOf();
  await handleNotificationClick(pages, data, 'complete', () => Promise.resolve(true));
  expect(messages).toEqual([]);
  await handleNotificationClick(pages, data, 'complete', () => Promise.resolve(false));
  await handleNotificationClick(pages, data, 'complete', () => Promise.reject(new Error('The device refuses.')));
  await handleNotificationClick(pages, data, 'snooze', never);
  expect(messages).toEqual([
    '/folders/f%2F1/tasks/t1?reminder=complete&account=ada',
    '/folders/f%2F1/tasks/t1?reminder=complete&account=ada',
    '/folders/f%2F1/tasks/t1?reminder=snooze&account=ada',
  ]);
});

test('only what a reminder carries is one', () => {
  expect(isReminder(data)).toBe(true);
  for (const other of [null, 'reminder', {}, { ...data, kind: 'other' }, { ...data, taskId: 1 }]) {
    expect(isReminder(other)).toBe(false);
  }
  expect(['complete', 'snooze', '', 'erase'].map(reminderActionOf)).toEqual(['complete', 'snooze', 'open', 'open']);
});
