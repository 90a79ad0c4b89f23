import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/controls/pageLayout.tsx';
import { ExportSection } from './export/exportSection.tsx';
import { ImportSection } from './import/importSection.tsx';
import type { ExchangePageProps } from './importExportProps.ts';

/** Export and import of tasks as files (docs/decisions/0036-files-of-tasks.md). */
export function ExchangePage({ lead, folder }: ExchangePageProps) {
  const { t } = useLingui();
  return (
    <Page title={t`Export and import`} lead={lead}>
      <ExportSection asked={folder} />
      <ImportSection />
    </Page>
  );
}
