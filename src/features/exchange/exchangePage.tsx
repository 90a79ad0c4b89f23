import { useLingui } from '@lingui/react/macro';
import { ExportSection } from './exportSection.tsx';
import { ImportSection } from './importSection.tsx';
import type { ExchangePageProps } from './props.ts';
import styles from './exchange.module.css';

/** Files of tasks: out of the account, and into it (decision 0036). */
export function ExchangePage({ lead, folder }: ExchangePageProps) {
  const { t } = useLingui();
  return (
    <main className={styles.page} aria-label={t`Export and import`}>
      <div className={styles.bar}>{lead}</div>
      <div className={styles.scroll}>
        <div className={styles.column}>
          <h1 className={styles.title}>{t`Export and import`}</h1>
          <ExportSection asked={folder} />
          <ImportSection />
        </div>
      </div>
    </main>
  );
}
