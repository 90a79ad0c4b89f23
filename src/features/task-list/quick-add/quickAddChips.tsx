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
import { toDay } from '../../../domain/time/time.ts';
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

/* The parsed line and its chips. Loaded lazily: import it through useParsedDraft.ts. */

export type ParsedLine = {
  tokens: readonly (QuickAddToken & { key: string })[];
  patch: TaskPatch;
  today: Day;
  dates: ReturnType<typeof datesFromTokens>;
  /** 'yyyy-MM-ddTHH:mm…' in the mailbox's zone. */
  reminder: string | null;
};

export function parseLine(
  line: string,
  { now, zone, locale }: { now: string; zone: string; locale: string },
  plainKeys: ReadonlySet<string>,
): ParsedLine {
  const dayContext = { now, locale, preferred: navigator.languages };
  const context = {
    now,
    zone,
    firstDayOfWeek: firstWeekday(locale),
    parseDays: (text: string) => parseDays(text, dayContext),
    parseDay: (text: string) => parseDay(text, dayContext),
    languages: recurrenceLanguagesOf(parserLanguages(dayContext)),
  };
  const tokens = parseTokens(line, context, plainKeys);
  const dates = datesFromTokens(tokens, now);
  return {
    tokens: tokens.map((token) => ({ ...token, key: tokenKey(token) })),
    patch: patchFromTokens(line, tokens, context),
    today: toDay(now),
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

type Props = { id: string; parsed: ParsedLine; onKeepAsText: (key: string) => void };

/** The fields that Enter sets, below the field. Each chip can be turned back into text. */
export function QuickAddChips({ id, parsed, onKeepAsText }: Props) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const { display } = useCategories();
  const { tokens, today, dates, reminder } = parsed;
  const importances = { high: t`High importance`, normal: t`Normal importance`, low: t`Low importance` };
  const labelOf = (day: Day) => dayLabel(day, today, locale);
  const due = dates.due === null ? '' : labelOf(dates.due);

  function tokenLabel(token: QuickAddToken): string {
    switch (token.kind) {
      case 'due':
        return t`Due ${labelOf(token.day)}`;
      case 'start':
        return t`Starts ${labelOf(dates.start ?? token.day)}`;
      case 'repeat':
        return recurrenceSentence(i18n, token.rule, { today, locale });
      case 'importance':
        return importances[token.importance];
      case 'category':
        return token.name;
      case 'reminder': {
        if (reminder === null) return token.text;
        const day = labelOf(toDay(reminder));
        const time = timeLabel(reminder.slice(11, 16), locale);
        return t`Remind ${day}, ${time}`;
      }
    }
  }

  const hasDueToken = tokens.some(({ kind }) => kind === 'due');
  const note =
    dates.adjustment === 'startMoved'
      ? t`A start never comes after the due day, so this starts ${due}.`
      : dates.adjustment === 'dueFollows'
        ? t`A start needs a due day, so this is due ${due}.`
        : dates.rule !== null && !hasDueToken
          ? t`The first one is due ${due}.`
          : null;
  const continuation =
    dates.continuesOn === null ? null : t`After this one it goes on from ${labelOf(dates.continuesOn)}.`;
  return (
    <div id={id} className={styles.parsed}>
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
              <span>{tokenLabel(token)}</span>
              <button
                type="button"
                className={styles.remove}
                aria-label={t`Keep “${token.text}” as words`}
                data-hint={t`Keep as words`}
                onClick={() => onKeepAsText(token.key)}
              >
                <XIcon aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      {note !== null && <p className={styles.note}>{note}</p>}
      {continuation !== null && <p className={styles.note}>{continuation}</p>}
    </div>
  );
}

type LinesProps = { id: string; count: number; onAdd: () => void; onAddAsOne: () => void };

/** Shown below several lines: each becomes a task, or all of them one. */
export function QuickAddLines({ id, count, onAdd, onAddAsOne }: LinesProps) {
  return (
    <div className={styles.lines}>
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
