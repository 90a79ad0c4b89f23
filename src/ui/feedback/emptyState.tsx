import type { ReactNode } from 'react';
import styles from './emptyState.module.css';

export type EmptyStateArt = 'empty' | 'done' | 'broken' | 'offline';

export type EmptyStateProps = {
  art: EmptyStateArt;
  title: ReactNode;
  text: ReactNode;
  /** Actions; at most one primary button. */
  children?: ReactNode;
};

/** Shown in place of content: what is empty, why, and what to do. */
export function EmptyState({ art, title, text, children }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      <svg className={styles['art']} viewBox="0 0 108 74" width="108" height="74" aria-hidden focusable="false">
        {arts[art]}
      </svg>
      <h2 className={styles['title']}>{title}</h2>
      <p className={styles['text']}>{text}</p>
      {children !== undefined && <div className={styles['actions']}>{children}</div>}
    </div>
  );
}

const arts: Readonly<Record<EmptyStateArt, ReactNode>> = {
  // A sheet with three folds, the middle one open for a first task.
  empty: (
    <>
      <path className={styles['shade1']} d="M6 10 38 2v62L6 72z" />
      <path className={styles['chosen']} d="m38 2 32 8v62l-32-8z" />
      <path className={styles['shade2']} d="m70 10 32-8v62l-32 8z" />
      <circle className={styles['accent']} cx="54" cy="36" r="9" />
      <path className={styles['accent']} d="M54 32v8M50 36h8" />
    </>
  ),
  // A sun with a check mark over the horizon.
  done: (
    <>
      <path className={styles['ray']} d="M54 2v6M24 15l4 4M84 15l-4 4M10 44h6M98 44h-6" />
      <circle className={styles['sun']} cx="54" cy="38" r="20" />
      <path className={styles['accent']} d="m46 38.5 6 5.5 11-12" />
      <path d="M2 70h104" />
    </>
  ),
  // The same sheet, torn along the middle fold.
  broken: (
    <>
      <path className={styles['shade2']} d="M6 10 38 2v62L6 72z" />
      <path className={styles['shade2']} d="m70 10 32-8v62l-32 8z" />
      <path className={styles['broken']} d="m38 2 11 2.8-4 11 7 9-8 11 5 10-6 11 3 7L38 64z" />
      <path className={styles['broken']} d="m70 10-11-2.8-5 11 7 9-8 11 6 10-6 11 2 9L70 72z" />
    </>
  ),
  offline: (
    <>
      <path className={styles['cloud']} d="M33 66a19 19 0 0 1-1.6-37.9 24 24 0 0 1 46.4 5A16.6 16.6 0 0 1 78 66z" />
      <path className={styles['cloud']} d="m45 41 18 16M63 41 45 57" />
    </>
  ),
};
