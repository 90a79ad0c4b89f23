import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { ParsedTaskFile } from '../../../data/importExport/useImportExport.ts';
import { toDay } from '../../../domain/time/time.ts';
import type { ZonedTime } from '../../../domain/time/time.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { shortDay } from '../../../ui/labels/dateLabels.ts';
import styles from '../importExport.module.css';

const most = 5;
/** In characters of the notes. */
const longest = 120;

/** The first tasks as they are read: texts and dates, so that a wrong encoding or order of days is seen before importing. */
export function ImportSample({ file }: { file: ParsedTaskFile }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today } = useToday();
  const day = (time: ZonedTime | null | undefined) => time && shortDay(toDay(time.local), today, locale);
  const tasks = sampleOf(file);
  if (tasks.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{t`The first tasks, as they are read`}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Task`}</th>
          <th scope="col">{t`Start date`}</th>
          <th scope="col">{t`Due date`}</th>
        </tr>
      </thead>
      <tbody>
        {tasks.map(({ patch }, index) => (
          // The list never moves.
          <tr key={index}>
            <td>
              {patch.subject}
              {patch.body?.contentType === 'text' && patch.body.content !== '' && (
                <span className={styles.sampleNotes}>{patch.body.content.slice(0, longest)}</span>
              )}
            </td>
            <td>{day(patch.start)}</td>
            <td>{day(patch.due)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where the encoding is a guess, tasks with letters that depend on it come first. */
function sampleOf({ folders, encoding }: ParsedTaskFile) {
  const found: ParsedTaskFile['folders'][number]['tasks'][number][] = [];
  const others: typeof found = [];
  for (const { tasks } of folders) {
    for (const task of tasks) {
      if (found.length >= most) return found;
      const text = `${task.patch.subject ?? ''}${task.patch.body?.content.slice(0, longest) ?? ''}`;
      if (encoding.isCertain || /[^\0-\x7f]/.test(text)) found.push(task);
      else if (others.length < most) others.push(task);
    }
  }
  return [...found, ...others].slice(0, most);
}
