import { weekdays } from './time.ts';
import type { Weekday } from './time.ts';

type WeekInfo = { firstDay: number };

/** Regions whose weeks begin on Sunday, for runtimes without week data. */
const sundayRegions = /^(?:AU|BR|CA|CO|HK|ID|IL|IN|JP|KE|KR|MX|PE|PH|PK|SA|SG|TH|TW|US|VE|ZA)$/;

/** The first day of the week in a locale; Monday for a text that is no locale. */
export function weekStartOf(text: string): Weekday {
  let locale: Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  try {
    locale = new Intl.Locale(text);
  } catch (error) {
    if (error instanceof RangeError) return 'monday';
    throw error;
  }
  const info = locale.getWeekInfo?.() ?? locale.weekInfo;
  // 1 is Monday and 7 is Sunday.
  if (info !== undefined) return weekdays[info.firstDay % 7] ?? 'monday';
  return sundayRegions.test(locale.maximize().region ?? '') ? 'sunday' : 'monday';
}
