import { arrivals } from '../domain/urls/reservedPaths.ts';
import { systemClock } from '../domain/time/time.ts';
import { completeAway } from '../sync/commands/completeInBackground.ts';
import { actionOf, actOnReminder, isReminder, type ReminderData } from './notificationClick.ts';
import { takeShare } from './receiveShare.ts';
import { createShell, type Build } from './appShellCache.ts';

/** Written in front of this script when it is built (serviceWorkerPlugin.ts). */
declare const shellBuild: Build;
declare const self: ServiceWorkerGlobalScope;

const { origin } = self.location;
const shell = createShell({
  build: shellBuild,
  origin,
  caches: self.caches,
  fetch: (request) => self.fetch(request),
});

const completeHere = ({ account, folderId, taskId }: ReminderData) =>
  completeAway({
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
  if (request.method === 'POST' && asked === origin && pathname === arrivals.share) {
    event.respondWith(takeShare(request));
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
  event.waitUntil(actOnReminder(pages, data, actionOf(action), completeHere));
});
