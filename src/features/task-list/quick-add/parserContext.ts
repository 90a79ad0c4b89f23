import type { Weekday } from '../../../domain/time/time.ts';
import type { ParsedDay } from '../../../ui/dates/dayParser.ts';
import type { RecurrenceLanguage } from './recurrenceLanguages.ts';

/** What a line is parsed with. */
export type QuickAddContext = {
  /** 'yyyy-MM-ddTHH:mm…' in the mailbox's zone. */
  now: string;
  zone: string;
  firstDayOfWeek: Weekday;
  parseDays: (text: string) => readonly ParsedDay[];
  parseDay: (text: string) => ParsedDay | null;
  /** The languages in which recurrence and reminders are recognised. */
  languages: readonly RecurrenceLanguage[];
};
