import { useEffect, useEffectEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useToday } from '../data/settings.ts';
import { useCounts } from '../data/views.ts';
import { soon } from './panes.ts';

type Props = { addTask: () => void };

/** What the system asks of the installed app, and tells with it: the badge, and the shortcut "New task". Draws nothing. */
export function Installed({ addTask }: Props) {
  useBadge();
  useNewTask(addTask);
  return null;
}

/** On the app's icon: what is due today and what is late. Browsers show it on installed apps only, and some have none. */
function useBadge(): void {
  const { today, zone } = useToday();
  const { views, isComplete } = useCounts(today, zone);
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
    soon(begin);
  }, [isAsked, pathname, navigate]);
}
