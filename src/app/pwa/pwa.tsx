import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { useToday } from '../../data/account/useTimeZone.ts';
import { useTaskCounts } from '../../data/tasks/useTaskViews.ts';
import { createLazyChunk, useLazyChunk } from '../../ui/loading/lazyChunk.ts';
import { afterNextPaint } from '../shell/paneFocus.ts';
import { notificationActions } from './notificationActions.ts';
import { readReminderQuery, type ReminderRequest } from './reminderRequest.ts';

const actionRunner = createLazyChunk(() => import('./reminderActionRunner.tsx'));

type Props = { addTask: () => void };

/** What the system asks of the installed app, and tells with it: the badge, the shortcut "New task", pressed reminders. */
export function PwaIntegration({ addTask }: Props) {
  useBadge();
  useNewTask(addTask);
  const [request, done] = useReminders();
  const runner = useLazyChunk(actionRunner, request !== undefined);
  if (request === undefined || runner.state !== 'here') return null;
  return <runner.part.ReminderActionRunner key={request.id} request={request} onDone={done} />;
}

/** On the app's icon: what is due today and what is late. Browsers show it on installed apps only, and some have none. */
function useBadge(): void {
  const { today, zone } = useToday();
  const { views, isComplete } = useTaskCounts(today, zone);
  const count = views.today + views.overdue;
  useEffect(() => {
    if (!isComplete || !('setAppBadge' in navigator)) return;
    // A browser that refuses has no icon to show it on.
    navigator.setAppBadge(count).catch(() => undefined);
  }, [count, isComplete]);
  useEffect(
    () => () => {
      // The next account has another count, and nobody signed in has none.
      if ('clearAppBadge' in navigator) navigator.clearAppBadge().catch(() => undefined);
    },
    [],
  );
}

/** `?new`, on any place that takes tasks: the field for a new one has the focus. */
function useNewTask(addTask: () => void): void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const isAsked = new URLSearchParams(search).has('new');
  const begin = useEffectEvent(addTask);
  useEffect(() => {
    if (!isAsked) return;
    void navigate(pathname, { replace: true });
    afterNextPaint(begin);
  }, [isAsked, pathname, navigate]);
}

/** A reminder that was pressed: its message comes from the service worker, or its address opened the app. */
function useReminders(): readonly [ReminderRequest | undefined, () => void] {
  const { session } = useDeps();
  const { pathname } = useLocation();
  const [query, setQuery] = useSearchParams();
  const heard = useSyncExternalStore(notificationActions.subscribe, notificationActions.current);
  const asked = readReminderQuery(pathname, query);
  const request = heard ?? asked;

  const other = request !== undefined && request.account !== session.account.key ? request : undefined;
  const isKnown = session.accounts.some(({ key }) => key === other?.account);
  const change = useEffectEvent(({ account, address }: ReminderRequest) => {
    notificationActions.done();
    session.switchTo(account);
    // The account's own app reads it from there.
    window.history.replaceState(null, '', address);
  });
  useEffect(() => {
    if (other !== undefined && isKnown) change(other);
  }, [other, isKnown]);

  function done() {
    notificationActions.done();
    if (asked === undefined) return;
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
