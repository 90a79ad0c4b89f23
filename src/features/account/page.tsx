import type { ReactNode } from 'react';
import styles from './page.module.css';

type PageProps = { title: string; lead?: ReactNode; children: ReactNode };

/** The frame of the account's pages: the bar, the title, and one column. */
export function Page({ title, lead, children }: PageProps) {
  return (
    <main className={styles.page} aria-label={title}>
      <div className={styles.bar}>{lead}</div>
      <div className={styles.scroll}>
        <div className={styles.column}>
          <h1 className={styles.title}>{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}

type SectionProps = { title: string; text?: ReactNode; children: ReactNode };

/** One card with a heading and a sentence that says what it is for. */
export function Section({ title, text, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{title}</h2>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      <div className={styles.card}>{children}</div>
    </section>
  );
}
