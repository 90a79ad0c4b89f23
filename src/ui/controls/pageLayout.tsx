import type { ReactNode } from 'react';
import styles from './pageLayout.module.css';

type PageProps = {
  title: string;
  /** At the start of the bar. */
  lead?: ReactNode;
  /** Actions at the end of the bar. */
  tools?: ReactNode;
  /** `list` is a wider column with its parts close together. */
  variant?: 'sections' | 'list';
  children: ReactNode;
};

/** The layout of pages other than task lists: a bar, a title and one column. */
export function PageLayout({ title, lead, tools, variant = 'sections', children }: PageProps) {
  return (
    <main className={styles['page']} aria-label={title}>
      <div className={styles['bar']}>
        {lead}
        {tools !== undefined && <div className={styles['tools']}>{tools}</div>}
      </div>
      <div className={styles['scroll']}>
        <div className={`${styles['column']} ${styles[variant]}`}>
          <h1 className={styles['title']}>{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}

type SectionProps = { title: string; text?: ReactNode; children: ReactNode };

/** One card with a heading and an explanation. */
export function PageSection({ title, text, children }: SectionProps) {
  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{title}</h2>
      {text !== undefined && <p className={styles['text']}>{text}</p>}
      <div className={styles['card']}>{children}</div>
    </section>
  );
}
