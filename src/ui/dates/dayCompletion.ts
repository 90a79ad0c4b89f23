import { addDays, toDay } from '../../domain/time/time.ts';
import { weekdayName } from '../labels/dateLabels.ts';

/** A word that names a day, such as a suggested day or a weekday. */
export type DayWord<Day> = { word: string; day: Day };

const folded = (text: string, locale: string) =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase(locale).trim();

/** The first word that a half-typed text begins; null for less than two letters, and where no word begins so. */
export function completeDay<Day>(typed: string, words: readonly DayWord<Day>[], locale: string): DayWord<Day> | null {
  const start = folded(typed, locale);
  if (start.length < 2) return null;
  return words.find(({ word }) => folded(word, locale).startsWith(start)) ?? null;
}

/** Weekdays and common days in the language of the locale, then in English, which is always understood. */
export function dayNames(locale: string): readonly string[] {
  const languages = [...new Set([locale, 'en'])];
  // 4 January 2027 is a Monday.
  const week = [0, 1, 2, 3, 4, 5, 6].map((after) => addDays(toDay('2027-01-04'), after));
  const weekdays = languages.flatMap((language) => week.map((day) => weekdayName(day, language)));
  return ['today', 'tomorrow', ...weekdays, 'next week', 'next month', 'end of month'];
}
