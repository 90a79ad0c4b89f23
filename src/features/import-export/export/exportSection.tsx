import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import DownloadIcon from 'lucide-react/icons/download';
import { useState } from 'react';
import { useExport, maxImportSize } from '../../../data/importExport/useImportExport.ts';
import type {
  ExportFormat,
  ExportOutcome,
  ExportProgress,
  ExportScope,
} from '../../../data/importExport/useImportExport.ts';
import { useFolder, useFolders } from '../../../data/folders/useFolders.ts';
import type { Place } from '../../../domain/task/task.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { SegmentedControl } from '../../../ui/controls/segmentedControl.tsx';
import { Select } from '../../../ui/controls/select.tsx';
import { fileSizeLabel } from '../../../ui/labels/fileSizeLabel.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { htmlToText } from '../../../ui/html/htmlToText.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { FileProgress } from '../fileProgress.tsx';
import { saveFile } from './saveFile.ts';
import styles from '../importExport.module.css';

const everything = 'all';

/** Exports one folder or all of them as a file. */
export function ExportSection({ asked }: { asked: Place | null }) {
  const { t } = useLingui();
  const { folders } = useFolders();
  const named = useFolder(asked ?? { mailbox: 'me', id: '' });
  const [format, setFormat] = useState<ExportFormat>('json');
  const [chosen, setChosen] = useState(asked === null ? everything : asked.id);
  const { state, start, stop, reset } = useExport(htmlToText);
  const isOthers = asked !== null && asked.mailbox !== 'me';
  const items = [
    { value: everything, label: t`Everything` },
    ...(isOthers && named !== undefined ? [{ value: asked.id, label: named.name }] : []),
    ...folders.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const what: Readonly<Record<ExportFormat, string>> = {
    json: t`Everything, attachments included. Can be imported again without loss.`,
    csv: t`For Outlook and spreadsheets: the columns Outlook uses. Series and attachments have no column there.`,
    ical: t`For calendars and other task apps. Files are not in it, links are.`,
  };

  async function write() {
    const name = items.find(({ value }) => value === chosen)?.label ?? '';
    const place: Place = isOthers && chosen === asked.id ? asked : { mailbox: 'me', id: chosen };
    const scope: ExportScope = chosen === everything ? { kind: 'all' } : { kind: 'folder', place, name };
    const outcome = await start(scope, format);
    if (outcome.ok) saveFile(outcome.file, outcome.name);
  }

  return (
    <section className={styles.section} aria-labelledby="export-heading">
      <h2 id="export-heading" className={styles.heading}>{t`Export`}</h2>
      <p className={styles.text}>{t`A copy of your tasks as a file, with changes that are not synced yet.`}</p>
      <div className={styles.card}>
        <div className={styles.fields}>
          <Select
            label={t`What`}
            isBoxed
            items={items}
            value={chosen}
            isDisabled={state.kind === 'busy'}
            onChange={(value) => {
              reset();
              setChosen(value);
            }}
          />
          <SegmentedControl
            label={t`Format`}
            items={[
              { value: 'json', label: 'JSON' },
              { value: 'csv', label: 'CSV' },
              { value: 'ical', label: 'iCalendar' },
            ]}
            value={format}
            isDisabled={state.kind === 'busy'}
            onChange={(value) => {
              reset();
              setFormat(value);
            }}
          />
        </div>
        <p className={styles.hint}>{what[format]}</p>
        {state.kind === 'busy' ? (
          <Writing progress={state.progress} onStop={stop} />
        ) : (
          <div className={styles.actions}>
            <Button
              variant="primary"
              icon={<DownloadIcon aria-hidden />}
              onPress={() => void write()}
            >{t`Export`}</Button>
          </div>
        )}
        {state.kind === 'over' && <Outcome outcome={state.outcome} onRetry={() => void write()} />}
      </div>
    </section>
  );
}

function Writing({ progress, onStop }: { progress: ExportProgress | null; onStop: () => void }) {
  const { t } = useLingui();
  const [done, total] = [progress?.done ?? 0, progress?.total ?? 0];
  const words =
    progress?.step === 'writing'
      ? t`Writing: ${done} of ${plural(total, { one: '# task', other: '# tasks' })}`
      : t`Checking that every task is on this device…`;
  return (
    <FileProgress
      label={words}
      share={progress?.step === 'writing' && total > 0 ? done / total : null}
      action={<Button variant="quiet" onPress={onStop}>{t`Cancel`}</Button>}
    />
  );
}

function Outcome({ outcome, onRetry }: { outcome: ExportOutcome; onRetry: () => void }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  if (!outcome.ok) {
    if (outcome.failure === 'stopped') return null;
    return (
      <Banner kind="danger" action={{ label: t`Try again`, onAction: onRetry }}>
        {outcome.failure === 'offline'
          ? t`No file was written: some of it is not on this device. Check the network, then try again.`
          : t`No file was written: the server did not send all of it.`}
      </Banner>
    );
  }
  const { name, file, tasks } = outcome;
  const size = fileSizeLabel(file.size, locale);
  const most = fileSizeLabel(maxImportSize, locale);
  return (
    <>
      <Banner kind="neutral" action={{ label: t`Save again`, onAction: () => saveFile(file, name) }}>
        {t`“${truncateName(name)}” is saved: ${plural(tasks, { one: '# task', other: '# tasks' })}, ${size}.`}
      </Banner>
      {file.size > maxImportSize && (
        <Banner kind="amber">
          {t`It is larger than ${most}, which is the most Threefold can import at once. To import it elsewhere, export your folders one by one.`}
        </Banner>
      )}
    </>
  );
}
