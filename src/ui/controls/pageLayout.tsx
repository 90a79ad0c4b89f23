import type { ReactNode } from 'react';
import styles from './pageLayout.module.css';

type PageProps = {
  title: string;
  /** The way back, at the start of the bar. */
  lead?: ReactNode;
  /** What can be done here, at the end of the bar. */
  tools?: ReactNode;
  /** `list` is a wider column with its parts close together. */
  look?: 'sections' | 'list';
  children: ReactNode;
};

/** The frame of the pages that are no list of tasks: the bar, the title, and one column. */
export function PageLayout({ title, lead, tools, look = 'sections', children }: PageProps) {
  return (
    <main className={styles['page']} aria-label={title}>
      <div className={styles['bar']}>
        {lead}
        {tools !== undefined && <div className={styles['tools']}>{tools}</div>}
      </div>
      <div className={styles['scroll']}>
        <div className={`${styles['column']} ${styles[look]}`}>
          <h1 className={styles['title']}>{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}

type SectionProps = { title: string; text?: ReactNode; children: ReactNode };

/** One card with a heading and a sentence that says what it is for. */
export function PageSection({ title, text, children }: SectionProps) {
  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{title}</h2>
      {text !== undefined && <p className={styles['text']}>{text}</p>}
      <div className={styles['card']}>{children}</div>
    </section>
  );
}
