import { useLingui } from '@lingui/react/macro';
import FileUp from 'lucide-react/icons/file-up';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { maxImportSize, useImports, useTaskFile } from '../../../data/importExport/useImportExport.ts';
import type { TaskFileState } from '../../../data/importExport/useImportExport.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { fileSizeLabel } from '../../../ui/labels/fileSizeLabel.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { isDayFirst } from './dateOrder.ts';
import { ImportPreview } from './importPreview.tsx';
import { ImportRow } from './importRow.tsx';
import { FileProgress } from '../fileProgress.tsx';
import styles from '../importExport.module.css';

/** Imports a file of tasks: chosen or dropped, previewed, then imported. */
export function ImportSection() {
  const { t } = useLingui();
  const locale = useDateLocale();
  const imports = useImports();
  const { state, read, clear } = useTaskFile({ dayFirst: isDayFirst(locale), language: locale });
  return (
    <section className={styles.section} aria-labelledby="import-heading">
      <h2 id="import-heading" className={styles.heading}>{t`Import`}</h2>
      <p className={styles.text}>
        {t`Tasks from a file: Threefold’s JSON, CSV of Outlook, Todoist or TickTick, or iCalendar. You get a preview first.`}
      </p>
      {imports.shown.map((one) => (
        <div key={one.id} className={styles.card}>
          <ImportRow one={one} imports={imports} />
        </div>
      ))}
      <div className={styles.card}>
        {state.kind === 'read' ? (
          <ImportPreview
            key={state.readAt}
            name={state.name}
            file={state.file}
            begin={imports.begin}
            onEncoding={(encoding) => void read(state.source, encoding)}
            onBegun={clear}
            onCancel={clear}
          />
        ) : (
          <Pick state={state} onFile={(file) => void read(file)} onStop={clear} />
        )}
      </div>
    </section>
  );
}

type PickProps = { state: Exclude<TaskFileState, { kind: 'read' }>; onFile: (file: File) => void; onStop: () => void };

function Pick({ state, onFile, onStop }: PickProps) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const refusal = useRefusal(state);

  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) onFile(file);
  }
  if (state.kind === 'reading') {
    return (
      <FileProgress
        label={t`Reading “${truncateName(state.name)}”…`}
        share={null}
        action={<Button variant="quiet" onPress={onStop}>{t`Cancel`}</Button>}
      />
    );
  }
  return (
    <>
      {refusal !== null && <Banner kind="danger">{refusal}</Banner>}
      <div
        className={`${styles.drop} ${isOver ? styles.dragOver : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <p className={styles.hint}>{t`Drop a file here, or`}</p>
        <Button variant="secondary" icon={<FileUp aria-hidden />} onPress={() => input.current?.click()}>
          {t`Choose a file`}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t`File of tasks`}
          accept=".json,.csv,.ics,.ical,.vcs,.txt,application/json,text/csv,text/calendar"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // The same file may be chosen again.
            event.target.value = '';
            if (file !== undefined) onFile(file);
          }}
        />
      </div>
    </>
  );
}

/** Why a file cannot be imported, and what helps. */
function useRefusal(state: TaskFileState): string | null {
  const { t } = useLingui();
  const most = fileSizeLabel(maxImportSize, useDateLocale());
  if (state.kind !== 'unreadable') return null;
  const name = truncateName(state.name);
  const words: Readonly<Record<typeof state.reason, string>> = {
    size: t`“${name}” is larger than ${most}, the most that can be imported at once. Export fewer folders at a time.`,
    empty: t`“${name}” is empty.`,
    json: t`“${name}” is JSON, but not a Threefold export, or it is cut off.`,
    newer: t`“${name}” was written by a newer version of Threefold. Reload the app to update it, then try again.`,
    csv: t`“${name}” is read as CSV, but its first lines have no column “Subject”. Export tasks from Outlook in English or German, or from Todoist or TickTick.`,
    ical: t`“${name}” begins like iCalendar, but cannot be read: it may be cut off.`,
    noTasks: t`“${name}” is a calendar without tasks. Events are not imported.`,
    broken: t`“${name}” could not be read from this device. Choose it again.`,
  };
  return words[state.reason];
}
