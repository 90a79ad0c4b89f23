import type { ReactNode } from 'react';
import { Logo } from '../../ui/controls/logo.tsx';
import styles from './plainPage.module.css';

type Props = { title: string; children: ReactNode; actions?: ReactNode };

/** A page shown instead of the app: what is wrong, and what to do. */
export function PlainPage({ title, children, actions }: Props) {
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <Logo size={32} />
        <h1 className={styles['title']}>{title}</h1>
        <div className={styles['text']}>{children}</div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
    </main>
  );
}
