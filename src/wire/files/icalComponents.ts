import { parseJcal } from './jcal.ts';
import type { JcalComponent } from './jcal.ts';
import { TaskFileError, quoteValue } from './fileModel.ts';
import type { ImportProblem } from './fileModel.ts';

/** The line numbers, from 1, on which the tasks of a file begin. */
export function taskLineNumbers(text: string): readonly number[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, at) => (/^BEGIN:VTODO\s*$/i.test(line) ? [at + 1] : []));
}

/**
 * The calendars of a file. Invalid lines, such as the unfolded descriptions of some programs, are skipped and reported.
 * @throws TaskFileError for text that is not iCalendar or is truncated.
 */
export function parseComponents(text: string, problems: ImportProblem[]): readonly JcalComponent[] {
  try {
    return parseJcal(text);
  } catch {
    const mended = withoutStrays(text, problems);
    try {
      return parseJcal(mended);
    } catch (cause) {
      throw new TaskFileError('ical', 'This file is not iCalendar, or it is cut off.', cause);
    }
  }
}

/** Removes lines without a name and a value, with their folded continuations. */
function withoutStrays(text: string, problems: ImportProblem[]): string {
  let isStray = false;
  const lines = text.split(/\r\n|\r|\n/).filter((line, at) => {
    if (/^[ \t]/.test(line)) return !isStray;
    isStray = line !== '' && !/^[\w-]+[:;]/.test(line);
    if (isStray) problems.push({ at: String(at + 1), kind: 'value', name: '', value: quoteValue(line) });
    return !isStray;
  });
  return lines.join('\r\n');
}
