import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import { buttonClass } from '../../../ui/controls/button.tsx';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import { SettingRow } from './settingRow.tsx';

/** Links to import and export. */
export function ImportExportSection() {
  const { t } = useLingui();
  return (
    <PageSection title={t`Export and import`}>
      <SettingRow
        label={t`Export and import`}
        hint={t`Export everything as JSON, CSV or iCalendar, and import tasks from Outlook and other apps.`}
      >
        <Link to={appUrls.exchange()} className={buttonClass('secondary')}>{t`Export or import`}</Link>
      </SettingRow>
    </PageSection>
  );
}
