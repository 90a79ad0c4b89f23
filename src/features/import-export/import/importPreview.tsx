import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useImportPlan } from '../../../data/importExport/useImportExport.ts';
import type {
  ImportChoice,
  ImportPlan,
  ImportErrorKind,
  ParsedTaskFile,
  TextEncoding,
} from '../../../data/importExport/useImportExport.ts';
import { useFolders } from '../../../data/folders/useFolders.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { Select } from '../../../ui/controls/select.tsx';
import { fileSizeLabel } from '../../../ui/labels/fileSizeLabel.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { EncodingSelect } from './encodingSelect.tsx';
import { ImportProblems } from './importProblems.tsx';
import { ImportSample } from './importSample.tsx';
import { ImportPlanTable } from './importPlanTable.tsx';
import { FileProgress } from '../fileProgress.tsx';
import styles from '../importExport.module.css';

const own = 'own';

type Props = {
  name: string;
  file: ParsedTaskFile;
  begin: (name: string, plan: ImportPlan, onProgress: (kept: number) => void) => Promise<ImportErrorKind | null>;
  onEncoding: (encoding: TextEncoding) => void;
  onBegun: () => void;
  onCancel: () => void;
};

/** What will happen, before it does: where everything goes, what is there already, what was not understood. */
export function ImportPreview({ name, file, begin, onEncoding, onBegun, onCancel }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { folders } = useFolders();
  const [choice, setChoice] = useState<ImportChoice>({ into: { kind: 'keep' }, skipsKnown: true });
  const { plan, isSure } = useImportPlan(file, choice);
  const [kept, setKept] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<ImportErrorKind | null>(null);
  const { tasks, attachments, size, known } = plan;
  const makes = tasks > 0 || plan.newGroups.length > 0 || plan.folders.some(({ newIn }) => newIn !== null);
  const what: Readonly<Record<ParsedTaskFile['format'], string>> = {
    json: t`Threefold export`,
    csv: t`CSV`,
    ical: t`iCalendar`,
  };
  const troubles: Readonly<Record<ImportErrorKind, string>> = {
    refused: t`Nothing was imported: this browser does not let the app store anything, and an import has to be kept until it is done.`,
    full: t`Nothing was imported: no storage left on this device. Free some space, then try again.`,
    outdated: t`Nothing was imported: a newer version of Threefold is open here. Reload this page, then try again.`,
  };

  async function start() {
    setTrouble(null);
    setKept(0);
    const refused = await begin(name, plan, setKept);
    if (refused === null) return onBegun();
    setKept(null);
    setTrouble(refused);
    return undefined;
  }

  return (
    <>
      <div className={styles.lead}>
        <h3 className={styles.fileName}>{truncateName(name)}</h3>
        <p className={styles.hint}>
          {what[file.format]} · {t`${plural(tasks, { one: '# task', other: '# tasks' })} to import`}
          {attachments > 0 &&
            ` · ${t`${plural(attachments, { one: '# attachment', other: '# attachments' })}, ${fileSizeLabel(size, locale)}`}`}
        </p>
      </div>
      <div className={styles.fields}>
        <Select
          label={t`Add them to`}
          isBoxed
          isDisabled={kept !== null}
          items={[
            { value: own, label: t`The folders the file names` },
            ...folders.map((folder) => ({ value: folder.id, label: folder.name })),
          ]}
          value={choice.into.kind === 'keep' ? own : choice.into.id}
          onChange={(value) =>
            setChoice({ ...choice, into: value === own ? { kind: 'keep' } : { kind: 'folder', id: value } })
          }
        />
        {!file.encoding.isCertain && (
          <EncodingSelect value={file.encoding.name} isDisabled={kept !== null} onChange={onEncoding} />
        )}
      </div>
      {!file.encoding.isCertain && (
        <p className={styles.hint}>
          {t`The file does not say how its letters are encoded, so this is a guess. If the tasks below look wrong, choose another encoding.`}
        </p>
      )}
      <ImportSample file={file} />
      <ImportPlanTable plan={plan} />
      {known > 0 && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={choice.skipsKnown}
            disabled={kept !== null}
            onChange={({ target }) => setChoice({ ...choice, skipsKnown: target.checked })}
          />
          <span>
            {t`Leave out ${plural(known, { one: '# task that is', other: '# tasks that are' })} already here, with the same subject and dates`}
          </span>
        </label>
      )}
      {plan.elsewhere > 0 && (
        <p className={styles.hint}>
          {t`${plural(plan.elsewhere, { one: '# of them is in another folder already', other: '# of them are in other folders already' })}, with the same subject and dates. It will be added again.`}
        </p>
      )}
      {plan.shortened > 0 && (
        <p className={styles.hint}>
          {t`${plural(plan.shortened, { one: '# task has', other: '# tasks have' })} a subject, categories or notes that are too long. What does not fit is kept whole in the notes, or as a file.`}
        </p>
      )}
      {!isSure && (
        <p className={styles.hint}>
          {t`Not all of your tasks are on this device yet: there may be more of them here already than it shows.`}
        </p>
      )}
      <ImportProblems name={name} problems={file.problems} />
      {trouble !== null && <Banner kind="danger">{troubles[trouble]}</Banner>}
      {kept === null ? (
        <div className={styles.actions}>
          <Button variant="quiet" onPress={onCancel}>{t`Cancel`}</Button>
          <Button variant="primary" isDisabled={!makes} onPress={() => void start()}>
            {makes ? t`Import ${plural(tasks, { one: '# task', other: '# tasks' })}` : t`Nothing to import`}
          </Button>
        </div>
      ) : (
        <FileProgress label={t`Keeping the file on this device…`} share={tasks === 0 ? null : kept / tasks} />
      )}
    </>
  );
}
