/** What a system notification says and carries. `tag` names it: a second one with the same tag replaces the first. */
export type SystemNotification = {
  title: string;
  body: string;
  tag: string;
  data: unknown;
  /** Buttons, where the system has room for them and a service worker hears of them. */
  actions: readonly { action: string; title: string }[];
};

export type NotificationPermissionState = 'granted' | 'denied' | 'default' | 'unsupported';

/** System notifications, as far as the browser has them. The service worker hears of presses (src/worker/notificationClick.ts). */
export type Notifier = {
  permission: () => NotificationPermissionState;
  /** Asks the person; call it from a press. */
  ask: () => Promise<NotificationPermissionState>;
  /** False when the system showed nothing. */
  show: (notice: SystemNotification) => Promise<boolean>;
  close: (tag: string) => Promise<void>;
};

export function browserNotifier(): Notifier {
  const isThere = typeof Notification !== 'undefined';
  const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  const own = new Map<string, Notification>();
  const registration = async () => (await workers?.getRegistration()) ?? null;

  /** Without a service worker: no buttons, and a press only brings the page to the front. */
  function showHere({ title, body, tag }: SystemNotification): boolean {
    try {
      const notification = new Notification(title, { body, tag });
      own.set(tag, notification);
      notification.addEventListener('click', () => window.focus());
      return true;
    } catch {
      // Phones know notifications by service workers only, and throw here.
      return false;
    }
  }

  return {
    permission: () => (isThere ? Notification.permission : 'unsupported'),
    ask: async () => (isThere ? Notification.requestPermission() : 'unsupported'),
    async show(notice) {
      if (!isThere || Notification.permission !== 'granted') return false;
      const worker = await registration();
      if (worker?.active === undefined || worker.active === null) return showHere(notice);
      const { title, body, tag, data, actions } = notice;
      // `actions` is in every browser that has service worker notifications with buttons, but not in the type.
      const options: NotificationOptions & { actions: SystemNotification['actions'] } = { body, tag, data, actions };
      try {
        await worker.showNotification(title, options);
        return true;
      } catch {
        // The permission went meanwhile.
        return false;
      }
    },
    async close(tag) {
      own.get(tag)?.close();
      own.delete(tag);
      const worker = await registration();
      for (const notification of (await worker?.getNotifications({ tag })) ?? []) notification.close();
    },
  };
}
