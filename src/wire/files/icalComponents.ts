import { parseJcal } from './jcal.ts';
import type { JcalComponent } from './jcal.ts';
import { TaskFileError, quoteValue } from './fileModel.ts';
import type { ImportProblem } from './fileModel.ts';

/** The lines, counted from one, on which the tasks of a file begin. */
export function taskLineNumbers(text: string): readonly number[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, at) => (/^BEGIN:VTODO\s*$/i.test(line) ? [at + 1] : []));
}

/**
 * The calendars of a file. A line that is none at all, as some programs leave in descriptions that they do not fold, is left
 * out and said; the rest counts.
 * @throws ExchangeError for what is no iCalendar file, or is cut off.
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

/** Without the lines that have no name and no value, and what is folded behind them. */
function withoutStrays(text: string, problems: ImportProblem[]): string {
  let isStray = false;
  const kept = text.split(/\r\n|\r|\n/).filter((line, at) => {
    if (/^[ \t]/.test(line)) return !isStray;
    isStray = line !== '' && !/^[\w-]+[:;]/.test(line);
    if (isStray) problems.push({ at: String(at + 1), kind: 'value', name: '', value: quoteValue(line) });
    return !isStray;
  });
  return kept.join('\r\n');
}
