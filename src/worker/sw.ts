import { shareTargetPaths } from '../domain/urls/reservedPaths.ts';
import { systemClock } from '../domain/time/time.ts';
import { completeInBackground } from '../sync/commands/completeInBackground.ts';
import { reminderActionOf, handleNotificationClick, isReminder, type ReminderData } from './notificationClick.ts';
import { receiveShare } from './receiveShare.ts';
import { createAppShellCache, type ShellBuild } from './appShellCache.ts';

/** Written in front of this script when it is built (vitePlugins/serviceWorker.ts). */
declare const shellBuild: ShellBuild;
declare const self: ServiceWorkerGlobalScope;

const { origin } = self.location;
const shell = createAppShellCache({
  build: shellBuild,
  origin,
  caches: self.caches,
  fetch: (request) => self.fetch(request),
});

const completeHere = ({ account, folderId, taskId }: ReminderData) =>
  completeInBackground({
    account,
    folderId,
    taskId,
    clock: systemClock(() => Date.now()),
    browserZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    newId: () => crypto.randomUUID(),
    databases: async () => (await indexedDB.databases()).map(({ name }) => name),
  });

// A new worker waits: an open page keeps the build it began with until the person asks for the new one.
self.addEventListener('install', (event) => event.waitUntil(shell.install()));
self.addEventListener('activate', (event) => {
  event.waitUntil(shell.activate().then(() => self.clients.claim()));
});
self.addEventListener('message', (event) => {
  const message: unknown = event.data;
  const isAsked = typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'activate';
  if (isAsked) event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin: asked } = new URL(request.url);
  if (request.method === 'POST' && asked === origin && pathname === shareTargetPaths.share) {
    event.respondWith(receiveShare(request));
    return;
  }
  const answer = shell.answer(request);
  if (answer === undefined) return;
  event.respondWith(answer);
  // Offline there is nothing to renew it from, and the kept page serves on.
  if (request.mode === 'navigate') event.waitUntil(shell.refresh().catch(() => undefined));
});

self.addEventListener('notificationclick', (event) => {
  const { notification, action } = event;
  const data: unknown = notification.data;
  notification.close();
  if (!isReminder(data)) return;
  const pages = {
    all: () => self.clients.matchAll({ type: 'window', includeUncontrolled: true }),
    open: (address: string) => self.clients.openWindow(address),
  };
  event.waitUntil(handleNotificationClick(pages, data, reminderActionOf(action), completeHere));
});
