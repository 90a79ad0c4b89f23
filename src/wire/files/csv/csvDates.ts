import { isDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';

/*
 * Days as spreadsheets and Outlook write them, in the short form of the machine's locale: 3/27/2026, 27.03.26,
 * 27-3-2026, 2026/3/27 or 2026. 3. 27. A weekday before and a time after the day are ignored.
 */

const dayLast = /^(\d{4})([./-])\s?(\d{1,2})\2\s?(\d{1,2})\.?(?=$|[T\s])/;
const yearLast = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?(?=$|[T\s,])/;

/** Reads "Mon 3/2/2026" as "3/2/2026". */
const withoutWeekday = (text: string) => text.replace(/^\p{L}+\.?,?\s+(?=\d)/u, '');

/** Whether the days of a file precede its months; undefined when none of them shows it. */
export function isDayBeforeMonth(texts: readonly string[]): boolean | undefined {
  for (const text of texts) {
    const [, first = '', separator, second = ''] = yearLast.exec(withoutWeekday(text)) ?? [];
    if (separator === '.' || Number(first) > 12) return true;
    if (Number(second) > 12) return false;
  }
  return undefined;
}

/** Undefined for text that is no day of the calendar. */
export function parseCsvDay(text: string, isDayFirst: boolean): Day | undefined {
  const cell = withoutWeekday(text);
  const [, year, , month, day] = dayLast.exec(cell) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) return dayOf(year, month, day);
  const [, first, , second, last] = yearLast.exec(cell) ?? [];
  if (first === undefined || second === undefined || last === undefined) return undefined;
  const [inMonth, ofMonth] = isDayFirst ? [second, first] : [first, second];
  return dayOf(last.length === 2 ? `20${last}` : last, inMonth, ofMonth);
}

function dayOf(year: string, month: string, day: string): Day | undefined {
  const isoText = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(isoText) ? isoText : undefined;
}
