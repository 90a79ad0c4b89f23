import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import { buttonClass } from '../../../ui/controls/button.tsx';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import styles from './settingsSection.module.css';

/** Links to import and export. */
export function ImportExportSection() {
  const { t } = useLingui();
  return (
    <PageSection title={t`Export and import`}>
      <div className={styles.row}>
        <div className={styles.text}>
          <p className={styles.label}>{t`Your tasks as files`}</p>
          <p
            className={styles.hint}
          >{t`Export everything as JSON, CSV or iCalendar, and import tasks from Outlook and other apps.`}</p>
        </div>
        <Link to={appUrls.exchange()} className={buttonClass('secondary')}>{t`Export or import`}</Link>
      </div>
    </PageSection>
  );
}
