import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import type { FolderTreeData } from '../state/useFolderTree.ts';
import styles from './folderTreeState.module.css';

/** The tree, over a skeleton while nothing is stored, or an error with a retry. The focus moves along between them. */
export function FolderTreeState({ places, children }: { places: FolderTreeData; children: ReactNode }) {
  const { t } = useLingui();
  const root = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const { isLoaded } = places;
  const isFailed = !isLoaded && places.failure !== null;
  useEffect(() => {
    if (!hasFocus.current || document.activeElement !== document.body) return;
    root.current?.querySelector<HTMLElement>('button, [tabindex="0"]')?.focus();
  });
  const message =
    places.failure === 'offline'
      ? t`Your folders are not on this device yet. They load once you are online.`
      : places.failure === 'signIn'
        ? t`Your folders load once you have signed in again.`
        : t`Your folders did not load. Your tasks are safe; nothing was changed.`;
  return (
    <div
      ref={root}
      className={isLoaded ? undefined : styles.loading}
      onFocus={() => (hasFocus.current = true)}
      onBlur={() => (hasFocus.current = false)}
    >
      {isFailed ? (
        <div className={styles.failed} role="alert">
          <p>{message}</p>
          <Button variant="secondary" onPress={() => places.retry()}>{t`Try again`}</Button>
        </div>
      ) : (
        <>
          {!isLoaded && (
            <div className={styles.skeleton} role="status" aria-label={t`Loading folders`}>
              {bars.map((width, index) => (
                <span key={index} className={styles.bar} style={{ inlineSize: `${width}%` }} />
              ))}
            </div>
          )}
          {children}
        </>
      )}
    </div>
  );
}

/** Widths in per cent of the pane. */
const bars = [38, 52, 44, 60, 34, 56, 48];
