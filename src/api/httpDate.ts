import { addMs, toDay, weekdayOf } from '../domain/time/time.ts';
import type { Instant } from '../domain/time/time.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). */
export function httpDate(instant: Instant): string {
  const day = toDay(instant);
  const [year = '', month = '', date = ''] = day.split('-');
  const weekday = weekdayOf(day);
  const name = weekday.charAt(0).toUpperCase() + weekday.slice(1, 3);
  return `${name}, ${date} ${months[Number(month) - 1]} ${year} ${instant.slice(11, 19)} GMT`;
}

/** Undefined for any other text. */
export function readHttpDate(text: string): Instant | undefined {
  const [, date, name = '', year, time] = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(text) ?? [];
  const month = months.indexOf(name) + 1;
  return month === 0 ? undefined : addMs(`${year}-${String(month).padStart(2, '0')}-${date}T${time}.000Z`, 0);
}
