import { useLingui } from '@lingui/react/macro';
import ExternalIcon from 'lucide-react/icons/external-link';
import { useDeferredValue, useMemo } from 'react';
import { findUrls } from '../../../ui/html/findUrls.ts';
import styles from './notes.module.css';

/** The addresses in plain notes, to be opened: a text field shows words only. */
export function NoteLinks({ text }: { text: string }) {
  const { t } = useLingui();
  const settled = useDeferredValue(text);
  const addresses = useMemo(() => findUrls(settled), [settled]);
  if (addresses.length === 0) return null;
  return (
    <ul className={styles.links} aria-label={t`Links in the notes`}>
      {addresses.map((address) => (
        <li key={address}>
          <a className={styles.link} href={address} target="_blank" rel="noopener noreferrer">
            <ExternalIcon aria-hidden />
            <bdi className={styles.address}>{address}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}
