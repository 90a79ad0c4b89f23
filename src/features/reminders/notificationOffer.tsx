import { useLingui } from '@lingui/react/macro';
import { useNotifications } from '../../data/reminders/useNotifications.ts';
import { Button } from '../../ui/controls/button.tsx';
import { toasts } from '../../ui/feedback/toast.tsx';
import styles from './reminderBanner.module.css';

/** Explains notifications beside a due reminder and asks the browser for permission; hidden once it is answered. */
export function NotificationOffer() {
  const { t } = useLingui();
  const { state, request, decline } = useNotifications();
  if (state !== 'default') return null;
  const blocked = () =>
    toasts.show({ kind: 'error', text: t`The browser did not ask. Turn notifications on in its settings.` });
  return (
    <div className={styles.offer} role="group" aria-label={t`Notifications`}>
      <p>{t`With notifications this device tells you too, while Threefold is open in any tab.`}</p>
      <Button variant="quiet" onPress={() => void request().catch(blocked)}>{t`Turn on notifications`}</Button>
      <Button variant="quiet" onPress={decline}>{t`Not now`}</Button>
    </div>
  );
}
