import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import type { Places } from './usePlaces.ts';
import styles from './placesState.module.css';

/** Instead of the tree while there is nothing saved to show: its shape, or what went wrong and the way on. */
export function PlacesState({ places, children }: { places: Places; children: ReactNode }) {
  const { t } = useLingui();
  if (places.groups.length > 0) return children;
  if (places.failure !== null) {
    const words =
      places.failure === 'offline'
        ? t`Your folders are not on this device yet. They load once you are online.`
        : places.failure === 'signIn'
          ? t`Your folders load once you have signed in again.`
          : t`Your folders did not load. Your tasks are safe; nothing was changed.`;
    return (
      <div className={styles.failed} role="alert">
        <p>{words}</p>
        <Button variant="secondary" onPress={() => places.retry()}>{t`Try again`}</Button>
      </div>
    );
  }
  if (!places.isPending) return children;
  return (
    <div className={styles.skeleton} role="status" aria-label={t`Loading folders`}>
      {bars.map((width, index) => (
        <span key={index} className={styles.bar} style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  );
}

/** Widths in per cent of the pane. */
const bars = [38, 52, 44, 60, 34, 56, 48];
