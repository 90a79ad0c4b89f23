import { useLingui } from '@lingui/react/macro';
import { PageLayout } from '../../ui/controls/pageLayout.tsx';
import { ExportSection } from './export/exportSection.tsx';
import { ImportSection } from './import/importSection.tsx';
import type { ImportExportPageProps } from './importExportProps.ts';

/** Export and import of tasks as files (docs/decisions/0036-import-and-export.md). */
export function ImportExportPage({ lead, folder }: ImportExportPageProps) {
  const { t } = useLingui();
  return (
    <PageLayout title={t`Export and import`} lead={lead}>
      <ExportSection asked={folder} />
      <ImportSection />
    </PageLayout>
  );
}
