import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { useToday } from '../../data/account/useTimeZone.ts';
import { useTaskCounts } from '../../data/tasks/useTaskViews.ts';
import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../../ui/loading/useLazyChunk.ts';
import { afterNextPaint } from '../shell/paneFocus.ts';
import { notificationActions } from './notificationActions.ts';
import { readReminderQuery, type ReminderRequest } from './reminderRequest.ts';

const actionRunner = createLazyChunk(() => import('./reminderActionRunner.tsx'));

type Props = { addTask: () => void };

/** The installed app's links to the system: its badge, the shortcut "New task", and reminder notifications. */
export function PwaIntegration({ addTask }: Props) {
  useBadge();
  useNewTask(addTask);
  const [request, done] = useReminders();
  const runner = useLazyChunk(actionRunner, request !== undefined);
  if (request === undefined || runner.state !== 'here') return null;
  return <runner.part.ReminderActionRunner key={request.id} request={request} onDone={done} />;
}

/** Shows the tasks due today and overdue on the app's icon, where the browser has badges. */
function useBadge(): void {
  const { today, zone } = useToday();
  const { views, isComplete } = useTaskCounts(today, zone);
  const count = views.today;
  useEffect(() => {
    if (!isComplete || !('setAppBadge' in navigator)) return;
    // Rejected where the app is not installed.
    navigator.setAppBadge(count).catch(() => undefined);
  }, [count, isComplete]);
  useEffect(
    () => () => {
      // The count belongs to this account.
      if ('clearAppBadge' in navigator) navigator.clearAppBadge().catch(() => undefined);
    },
    [],
  );
}

/** `?new` focuses the field for a new task. */
function useNewTask(addTask: () => void): void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const isRequested = new URLSearchParams(search).has('new');
  const begin = useEffectEvent(addTask);
  useEffect(() => {
    if (!isRequested) return;
    void navigate(pathname, { replace: true });
    afterNextPaint(begin);
  }, [isRequested, pathname, navigate]);
}

/** A reminder's notification action, from the service worker's message or from the address that opened the app. */
function useReminders(): readonly [ReminderRequest | undefined, () => void] {
  const { session } = useDeps();
  const { pathname } = useLocation();
  const [query, setQuery] = useSearchParams();
  const posted = useSyncExternalStore(notificationActions.subscribe, notificationActions.current);
  const linked = readReminderQuery(pathname, query);
  const request = posted ?? linked;

  const other = request !== undefined && request.account !== session.account.key ? request : undefined;
  const isKnown = session.accounts.some(({ key }) => key === other?.account);
  const switchAccount = useEffectEvent(({ account, address }: ReminderRequest) => {
    notificationActions.done();
    session.switchTo(account);
    // The other account's app reads the request from the address.
    window.history.replaceState(null, '', address);
  });
  useEffect(() => {
    if (other !== undefined && isKnown) switchAccount(other);
  }, [other, isKnown]);

  function done() {
    notificationActions.done();
    if (linked === undefined) return;
    setQuery(
      (before) => {
        before.delete('reminder');
        before.delete('account');
        return before;
      },
      { replace: true },
    );
  }
  return [other === undefined ? request : undefined, done];
}
