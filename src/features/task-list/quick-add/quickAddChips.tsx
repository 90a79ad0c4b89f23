import { Plural, Trans, useLingui } from '@lingui/react/macro';
import BellIcon from 'lucide-react/icons/bell';
import CalendarIcon from 'lucide-react/icons/calendar';
import RepeatIcon from 'lucide-react/icons/repeat';
import StartIcon from 'lucide-react/icons/calendar-arrow-up';
import FlagIcon from 'lucide-react/icons/flag';
import TagIcon from 'lucide-react/icons/tag';
import XIcon from 'lucide-react/icons/x';
import type { ComponentType } from 'react';
import { useCategories } from '../../../data/categories/useCategories.ts';
import type { TaskPatch } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { dayLabel, timeLabel } from '../../../ui/labels/dateLabels.ts';
import { parseDay, parseDays, parserLanguages } from '../../../ui/dates/dayParser.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { recurrenceSentence } from '../../../ui/labels/recurrenceLabels.ts';
import { firstWeekday } from '../../../ui/dates/firstWeekday.ts';
import { datesFromTokens, patchFromTokens, parseTokens, reminderFromTokens, tokenKey } from './quickAddParser.ts';
import type { QuickAddToken } from './quickAddParser.ts';
import { recurrenceLanguagesOf } from './recurrenceLanguages.ts';
import styles from './quickAddChips.module.css';

/* What quick add reads out of a line. A chunk of its own: import it through quickAdd.tsx. */

export type ParsedLine = {
  tokens: readonly (QuickAddToken & { key: string })[];
  patch: TaskPatch;
  today: Day;
  dates: ReturnType<typeof datesFromTokens>;
  /** Its wall clock. */
  reminder: string | null;
};

export function parseLine(
  line: string,
  { now, zone, locale }: { now: string; zone: string; locale: string },
  plain: ReadonlySet<string>,
): ParsedLine {
  const reading = { now, locale, preferred: navigator.languages };
  const context = {
    now,
    zone,
    firstDayOfWeek: firstWeekday(locale),
    readDays: (text: string) => parseDays(text, reading),
    readDay: (text: string) => parseDay(text, reading),
    tongues: recurrenceLanguagesOf(parserLanguages(reading)),
  };
  const tokens = parseTokens(line, context, plain);
  const dates = datesFromTokens(tokens, now);
  return {
    tokens: tokens.map((token) => ({ ...token, key: tokenKey(token) })),
    patch: patchFromTokens(line, tokens, context),
    today: now.slice(0, 10) as Day,
    dates,
    reminder: reminderFromTokens(tokens, dates.due, now),
  };
}

const icons: Readonly<Record<QuickAddToken['kind'], ComponentType<{ 'aria-hidden': true }>>> = {
  due: CalendarIcon,
  start: StartIcon,
  repeat: RepeatIcon,
  importance: FlagIcon,
  category: TagIcon,
  reminder: BellIcon,
};

type Props = { id: string; reading: ParsedLine; onKeepAsWords: (key: string) => void };

/** Below the field, what Enter will make of the words: each can be turned back into words. */
export function QuickAddChips({ id, reading, onKeepAsWords }: Props) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const { display } = useCategories();
  const { tokens, today, dates, reminder } = reading;
  const importances = { high: t`High importance`, normal: t`Normal importance`, low: t`Low importance` };
  const say = (day: Day) => dayLabel(day, today, locale);
  const due = dates.due === null ? '' : say(dates.due);

  function wordsOf(token: QuickAddToken): string {
    switch (token.kind) {
      case 'due':
        return t`Due ${say(token.day)}`;
      case 'start':
        return t`Starts ${say(dates.start ?? token.day)}`;
      case 'repeat':
        return recurrenceSentence(i18n, token.rule, { today, locale });
      case 'importance':
        return importances[token.importance];
      case 'category':
        return token.name;
      case 'reminder': {
        const day = say((reminder ?? '').slice(0, 10) as Day);
        const time = timeLabel((reminder ?? '').slice(11, 16), locale);
        return t`Remind ${day}, ${time}`;
      }
    }
  }

  const isDueSaid = tokens.some(({ kind }) => kind === 'due');
  const note =
    dates.told === 'startMoved'
      ? t`A start never comes after the due day, so this starts ${due}.`
      : dates.told === 'dueFollows'
        ? t`A start needs a due day, so this is due ${due}.`
        : dates.rule !== null && !isDueSaid
          ? t`The first one is due ${due}.`
          : null;
  const goesOn = dates.goesOn === null ? null : t`After this one it goes on from ${say(dates.goesOn)}.`;
  return (
    <div id={id} className={styles.meaning}>
      <ul className={styles.chips} aria-label={t`What the words mean`}>
        {tokens.map((token) => {
          const Icon = icons[token.kind];
          const colour = token.kind === 'category' ? display([token.name])[0]?.colour : undefined;
          return (
            <li
              key={`${token.key} ${token.start}`}
              className={styles.chip}
              data-kind={token.kind}
              data-category={colour}
            >
              <Icon aria-hidden />
              <span>{wordsOf(token)}</span>
              <button
                type="button"
                className={styles.remove}
                aria-label={t`Keep “${token.text}” as words`}
                data-hint={t`Keep as words`}
                onClick={() => onKeepAsWords(token.key)}
              >
                <XIcon aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      {note !== null && <p className={styles.note}>{note}</p>}
      {goesOn !== null && <p className={styles.note}>{goesOn}</p>}
    </div>
  );
}

type OfferProps = { id: string; count: number; onAdd: () => void; onAddAsOne: () => void };

/** Below several lines: that each becomes a task, how many that are, and the other way. */
export function QuickAddOffer({ id, count, onAdd, onAddAsOne }: OfferProps) {
  return (
    <div className={styles.offer}>
      <span id={id}>
        <Trans>Each line becomes a task.</Trans>
      </span>
      <Button variant="quiet" onPress={onAddAsOne}>
        <Trans>Add as one task</Trans>
      </Button>
      <Button variant="primary" onPress={onAdd}>
        <Plural value={count} one="Add # task" other="Add # tasks" />
      </Button>
    </div>
  );
}
