import { useLingui } from '@lingui/react/macro';
import type { Meaning } from '../../../domain/naturalLanguage/meanings.ts';
import { toDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { dayLabel, timeLabel } from '../../../ui/labels/dateLabels.ts';
import { recurrenceSentence } from '../../../ui/labels/recurrenceLabels.ts';
import type { ParsedLine } from './parsedLine.ts';

/** What recognised words set, as text: "Due Tomorrow, reminder 15:00". */
export function useMeaningLabel(today: Day, categories: readonly string[]) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const day = (day: Day) => dayLabel(day, today, locale);
  const time = (time: string) => timeLabel(time, locale);
  const importances = { high: t`High importance`, normal: t`Normal importance`, low: t`Low importance` };
  const withTime = (text: string, at: string | null) => (at === null ? text : t`${text}, reminder ${time(at)}`);

  /** @param fields what the whole line sets, for words that depend on the rest of it. */
  return (meaning: Meaning, { reminder, start }: Pick<ParsedLine['fields'], 'reminder' | 'start'>): string => {
    switch (meaning.kind) {
      case 'due':
        return withTime(t`Due ${day(meaning.day)}`, meaning.time);
      case 'range':
        return withTime(t`Starts ${day(meaning.start)}, due ${day(meaning.due)}`, meaning.time);
      case 'start':
        return t`Starts ${day(start !== null && start < meaning.day ? start : meaning.day)}`;
      case 'time':
      case 'reminder': {
        const at = `T${meaning.time}:`;
        const on = reminder?.includes(at) === true ? toDay(reminder) : meaning.kind === 'reminder' ? meaning.day : null;
        return on === null ? t`Remind ${time(meaning.time)}` : t`Remind ${day(on)}, ${time(meaning.time)}`;
      }
      case 'repeat':
        return withTime(recurrenceSentence(i18n, meaning.rule, { today, locale }), meaning.time);
      case 'importance':
        return importances[meaning.importance];
      case 'category':
        return categories.includes(meaning.name) ? meaning.name : t`${meaning.name} (new category)`;
      case 'folder':
        return t`In ${meaning.name}`;
    }
  };
}
