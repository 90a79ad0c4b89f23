import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useNotifications } from '../../data/reminders/useNotifications.ts';
import { Button } from '../../ui/controls/button.tsx';
import { toasts } from '../../ui/feedback/toast.tsx';
import styles from './reminderBanner.module.css';

/**
 * A button beside due reminders that explains notifications and then asks the browser for permission; hidden once it is
 * answered. Closed at first: the sentence would be the largest thing that a start paints.
 */
export function NotificationOffer() {
  const { t } = useLingui();
  const { state, request, decline } = useNotifications();
  const [isOpen, setIsOpen] = useState(false);
  if (state !== 'default') return null;
  const blocked = () =>
    toasts.show({ kind: 'error', text: t`The browser did not ask. Turn notifications on in its settings.` });
  return (
    <>
      <Button variant="quiet" aria-expanded={isOpen} onPress={() => setIsOpen(!isOpen)}>{t`Notifications`}</Button>
      {isOpen && (
        <div className={styles.offer} role="group" aria-label={t`Notifications`}>
          <p>{t`With notifications this device tells you too, while Threefold is open in any tab.`}</p>
          <Button variant="quiet" onPress={() => void request().catch(blocked)}>{t`Turn on notifications`}</Button>
          <Button variant="quiet" onPress={decline}>{t`Not now`}</Button>
        </div>
      )}
    </>
  );
}
