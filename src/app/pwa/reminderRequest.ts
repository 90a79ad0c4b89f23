import { appUrls } from '../../domain/urls/appUrls.ts';

const actions = ['open', 'complete', 'snooze'] as const;

/** An action on a reminder's notification. `address` opens the app for it again. */
export type ReminderRequest = {
  id: string;
  action: (typeof actions)[number];
  account: string;
  folderId: string;
  taskId: string;
  address: string;
};

type RequestFields = Record<'action' | 'account' | 'folderId' | 'taskId', string | null | undefined>;

function requestOf({ action: name, account, folderId, taskId }: RequestFields): ReminderRequest | undefined {
  const action = actions.find((known) => known === name);
  if (action === undefined || !account || !folderId || !taskId) return undefined;
  const query = new URLSearchParams({ reminder: action, account });
  const address = `${appUrls.task({ mailbox: 'me', id: folderId }, taskId)}?${query}`;
  return { id: address, action, account, folderId, taskId, address };
}

/** From the service worker (src/worker/notificationClick.ts). Undefined for other messages. */
export function readReminderMessage(message: unknown): ReminderRequest | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const members = new Map<string, unknown>(Object.entries(message));
  if (members.get('kind') !== 'reminderAction') return undefined;
  const text = (name: string) => {
    const value = members.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  return requestOf({
    action: text('action'),
    account: text('account'),
    folderId: text('folderId'),
    taskId: text('taskId'),
  });
}

/** From the address that the service worker opened the app with. */
export function readReminderQuery(pathname: string, query: URLSearchParams): ReminderRequest | undefined {
  if (!query.has('reminder')) return undefined;
  const [, folderId, taskId] = /^\/folders\/([^/]+)\/tasks\/([^/]+)$/.exec(pathname) ?? [];
  return requestOf({
    action: query.get('reminder'),
    account: query.get('account'),
    folderId: folderId && decodeURIComponent(folderId),
    taskId: taskId && decodeURIComponent(taskId),
  });
}
