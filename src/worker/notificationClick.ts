import { appUrls } from '../domain/urls/appUrls.ts';

/** What a reminder's notification carries. */
export type ReminderData = { kind: 'reminder'; account: string; folderId: string; taskId: string };

/** Posted to an open page of the app, which acts on it. */
export type ReminderMessage = Omit<ReminderData, 'kind'> & { kind: 'reminderAction'; action: ReminderAction };
export type ReminderAction = 'open' | 'complete' | 'snooze';

export function isReminder(data: unknown): data is ReminderData {
  if (typeof data !== 'object' || data === null || !('kind' in data) || data.kind !== 'reminder') return false;
  const members: Readonly<Record<string, unknown>> = { ...data };
  return ['account', 'folderId', 'taskId'].every((name) => typeof members[name] === 'string');
}

/** The button that was pressed; the notification itself opens the task. */
export const reminderActionOf = (pressed: string): ReminderAction =>
  pressed === 'complete' || pressed === 'snooze' ? pressed : 'open';

/** Where the app is opened when no page of it is: the task, and what is to be done with it there. */
export function reminderActionUrl({ account, folderId, taskId }: ReminderData, action: ReminderAction): string {
  const query = new URLSearchParams({ reminder: action, account });
  return `${appUrls.task({ mailbox: 'me', id: folderId }, taskId)}?${query}`;
}

type Page = {
  focused: boolean;
  visibilityState: DocumentVisibilityState;
  focus: () => Promise<unknown>;
  postMessage: (message: unknown) => void;
};
type Pages = { all: () => Promise<readonly Page[]>; open: (address: string) => Promise<unknown> };

/**
 * A press on a reminder: the page in front acts on it, else any page. With none open, a task is completed in the outbox of
 * its account (`completeHere` says whether it could be); for everything else the app is opened at the task.
 */
export async function handleNotificationClick(
  pages: Pages,
  data: ReminderData,
  action: ReminderAction,
  completeHere: (data: ReminderData) => Promise<boolean>,
): Promise<void> {
  const all = await pages.all();
  const page = all.find(({ focused }) => focused) ?? all.find((one) => one.visibilityState === 'visible') ?? all[0];
  if (page === undefined) {
    // A device that refuses to keep it: the page will say so.
    if (action === 'complete' && (await completeHere(data).catch(() => false))) return;
    await pages.open(reminderActionUrl(data, action));
    return;
  }
  const { account, folderId, taskId } = data;
  const message: ReminderMessage = { kind: 'reminderAction', action, account, folderId, taskId };
  page.postMessage(message);
  if (action === 'open') await page.focus();
}
