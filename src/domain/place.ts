import type { Place } from './task.ts';

/** The smart views, in the order of the sidebar. Each is a selector over every folder's tasks. */
export const viewNames = ['today', 'upcoming', 'overdue', 'important', 'all', 'completed'] as const;
export type ViewName = (typeof viewNames)[number];

const part = encodeURIComponent;
const root = (mailbox: string) => (mailbox === 'me' ? '' : `/people/${part(mailbox)}`);

/** The app's addresses: the one place that spells them. Every place in the app has one (architecture.md §4). */
export const addressOf = {
  view: (view: ViewName, taskId?: string) => `/${view}${taskId === undefined ? '' : `/tasks/${part(taskId)}`}`,
  folder: (folder: Place) => `${root(folder.mailbox)}/folders/${part(folder.id)}`,
  task: (folder: Place, taskId: string) => `${root(folder.mailbox)}/folders/${part(folder.id)}/tasks/${part(taskId)}`,
  folders: () => '/folders',
  settings: () => '/settings',
  waiting: () => '/waiting',
} as const;
