import { useLingui } from '@lingui/react/macro';
import BellIcon from 'lucide-react/icons/bell';
import { useNotifications } from '../../../data/reminders/useNotifications.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';
import styles from '../dates/dateRuleNotice.module.css';

/** Beside the first reminder: what the browser's question is for, before it is asked. Reminders work without it. */
export function NotificationPermissionPrompt() {
  const { t } = useLingui();
  const { state, request, decline } = useNotifications();
  if (state === 'denied') {
    return (
      <p className={styles.quiet}>{t`This browser blocks notifications. Reminders show inside Threefold only.`}</p>
    );
  }
  if (state !== 'default') return null;
  return (
    <div role="group" aria-label={t`Notifications`}>
      <BellIcon aria-hidden />
      <div className={styles.text}>
        <p>
          {t`Reminders show inside Threefold. With notifications this device tells you too, while Threefold is open in any tab.`}
        </p>
        <div className={styles.actions}>
          <Button
            variant="secondary"
            onPress={() =>
              void request().catch(() =>
                toasts.show({
                  kind: 'error',
                  text: t`The browser did not ask. Turn notifications on in its settings.`,
                }),
              )
            }
          >{t`Turn on notifications`}</Button>
          <Button variant="quiet" onPress={decline}>{t`Not now`}</Button>
        </div>
      </div>
    </div>
  );
}
