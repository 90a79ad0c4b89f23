import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { ImportProblem } from '../../../data/importExport/useImportExport.ts';
import { safeFileName } from '../../../domain/task/fileName.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { importReport } from './importReport.ts';
import { saveFile } from '../export/saveFile.ts';
import styles from '../importExport.module.css';

/** Kinds shown; the report has all of them. */
const most = 6;

/** What is not imported, counted by kind, with a report of every case. */
export function ImportProblems({ name, problems }: { name: string; problems: readonly ImportProblem[] }) {
  const { t } = useLingui();
  if (problems.length === 0) return null;
  const counts = new Map<string, { problem: ImportProblem; count: number }>();
  for (const problem of problems) {
    const key = problem.kind === 'task' ? 'task' : `${problem.kind} ${problem.name}`;
    counts.set(key, { problem, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const kinds = [...counts.values()].toSorted((a, b) => b.count - a.count);
  const words = ({ kind, name: member }: ImportProblem, count: number) =>
    kind === 'task'
      ? t`${plural(count, { one: '# task cannot be imported', other: '# tasks cannot be imported' })}`
      : kind === 'value'
        ? t`“${member}” cannot be read in ${plural(count, { one: '# place', other: '# places' })}: left out there`
        : kind === 'changed'
          ? t`“${member}” means something else here in ${plural(count, { one: '# place', other: '# places' })}`
          : t`“${member}”: a task has no place for it`;
  const save = () => saveFile(importReport(problems), `${safeFileName(name, 'Import')} - report.csv`);
  return (
    <div className={styles.problems}>
      <h4 className={styles.problemsHead}>{t`Not understood`}</h4>
      <ul>
        {kinds.slice(0, most).map(({ problem, count }) => (
          <li key={`${problem.kind} ${problem.name}`}>{words(problem, count)}</li>
        ))}
        {kinds.length > most && <li>{t`and ${kinds.length - most} more`}</li>}
      </ul>
      <Button variant="secondary" onPress={save}>{t`Save the report`}</Button>
    </div>
  );
}
